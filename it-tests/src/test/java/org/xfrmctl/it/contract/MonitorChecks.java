package org.xfrmctl.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.DefaultPolicies;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.uapi.XfrmGroup;
import org.xfrmctl.netlink.xfrm.EventStream;
import org.xfrmctl.netlink.xfrm.Notice;
import org.xfrmctl.netlink.xfrm.XfrmClient;
import org.xfrmctl.netlink.xfrm.XfrmEvent;
import org.xfrmctl.netlink.xfrm.XfrmMirror;
import org.xfrmctl.netlink.xfrm.XfrmMonitor;

/** A mirror kept by a monitor is the kernel's tables, whatever happened meanwhile. */
final class MonitorChecks {
    private static final long SEED = 4711;
    private static final int AMPLE = 1 << 22;
    /** Room for a few events; kernels double it, and take no less than some 2 KiB. */
    private static final int SCARCE = 2048;

    private MonitorChecks() {}

    static List<Check> all() {
        return List.of(
                Check.of("a mirror starts with what there is", MonitorChecks::handOver),
                Check.of("a mirror follows policies through churn", kernel -> follows(kernel, AMPLE, 3000, false)),
                Check.of(
                        "a mirror follows states through churn",
                        kernel -> follows(kernel, AMPLE, 600, true),
                        Need.TRANSFORMS),
                Check.of("a mirror recovers from lost events", MonitorChecks::recovers),
                Check.of(
                        "an update that the kernel ignores leaves the mirror right",
                        MonitorChecks::ignoredUpdate,
                        Need.TRANSFORMS));
    }

    /** A monitor on a thread of its own, and the mirror that it keeps. */
    private static final class Following implements AutoCloseable {
        private final XfrmMirror mirror = new XfrmMirror();
        private final XfrmMonitor monitor;
        private final Thread thread;
        private final List<Notice.Reason> begun = new ArrayList<>();
        private final CountDownLatch synchronised = new CountDownLatch(1);
        private final CountDownLatch last = new CountDownLatch(1);

        Following(KernelUnderTest kernel, int queue, Consumer<Notice> beforeEach) {
            monitor = new XfrmMonitor(new EventStream(kernel.open(queue), XfrmGroup.TABLES), kernel.client());
            thread = new Thread(() -> monitor.run(notice -> {
                beforeEach.accept(notice);
                accept(notice);
            }));
            thread.start();
        }

        private void accept(Notice notice) {
            mirror.accept(notice);
            if (notice instanceof Notice.Begun reason) {
                begun.add(reason.reason());
            }
            if (notice instanceof Notice.Synchronized) {
                synchronised.countDown();
            }
            // The defaults are set last of all, so that this event says that the others have come.
            if (notice instanceof Notice.Happened happened && happened.event() instanceof XfrmEvent.DefaultsSet) {
                last.countDown();
            }
        }

        void awaitSynchronized() throws InterruptedException {
            assertThat(synchronised.await(60, TimeUnit.SECONDS)).isTrue();
        }

        void awaitLast() throws InterruptedException {
            assertThat(last.await(60, TimeUnit.SECONDS)).isTrue();
        }

        @Override
        public void close() {
            monitor.close();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void handOver(KernelUnderTest kernel) throws InterruptedException {
        try (XfrmClient client = kernel.client()) {
            for (int i = 0; i < 300; i++) {
                client.addPolicy(Samples.policy(i).build());
            }
            try (Following following = new Following(kernel, AMPLE, notice -> {})) {
                following.awaitSynchronized();
                client.setDefaults(new DefaultPolicies(0, 0, 0));
                following.awaitLast();
                isMirrored(client, following.mirror);
                assertThat(following.begun).containsExactly(Notice.Reason.START);
            }
        }
    }

    /** The churn begins while the monitor is still reading the tables for the first time. */
    private static void follows(KernelUnderTest kernel, int queue, int changes, boolean states)
            throws InterruptedException {
        CountDownLatch reading = new CountDownLatch(1);
        try (XfrmClient client = kernel.client();
                Following following = new Following(kernel, queue, notice -> reading.countDown())) {
            assertThat(reading.await(60, TimeUnit.SECONDS)).isTrue();
            churn(client, changes, states);
            client.setDefaults(new DefaultPolicies(0, 0, 0));
            following.awaitLast();
            following.awaitSynchronized();
            isMirrored(client, following.mirror);
        }
    }

    /** The monitor stops at its first account until everything has happened, and its queue has long overflowed. */
    private static void recovers(KernelUnderTest kernel) throws InterruptedException {
        CountDownLatch happened = new CountDownLatch(1);
        CountDownLatch reading = new CountDownLatch(1);
        Consumer<Notice> stop = notice -> {
            reading.countDown();
            await(happened);
        };
        try (XfrmClient client = kernel.client();
                Following following = new Following(kernel, SCARCE, stop)) {
            assertThat(reading.await(60, TimeUnit.SECONDS)).isTrue();
            churn(client, 500, false);
            happened.countDown();
            following.awaitSynchronized();
            client.setDefaults(new DefaultPolicies(0, 0, 0));
            following.awaitLast();
            assertThat(following.begun).contains(Notice.Reason.EVENTS_LOST);
            isMirrored(client, following.mirror);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void ignoredUpdate(KernelUnderTest kernel) throws InterruptedException {
        try (XfrmClient client = kernel.client();
                Following following = new Following(kernel, AMPLE, notice -> {})) {
            XfrmState state = Samples.esp(0x1001).build();
            client.addState(state);
            client.updateState(state.toBuilder()
                    .reqid(new Reqid(99))
                    .algorithms(List.of(new Algorithm.Aead("rfc4106(gcm(aes))", Samples.key(36), 128)))
                    .build());
            client.setDefaults(new DefaultPolicies(0, 0, 0));
            following.awaitLast();
            following.awaitSynchronized();
            isMirrored(client, following.mirror);
        }
    }

    /** Additions, updates, deletions and now and then a flush; what the kernel refuses is part of it. */
    private static void churn(XfrmClient client, int changes, boolean states) {
        Random random = new Random(SEED);
        for (int i = 0; i < changes; i++) {
            int number = random.nextInt(60);
            try {
                if (states) {
                    change(
                            client,
                            random.nextInt(100),
                            Samples.esp(0x1000 + number).build());
                } else {
                    change(
                            client,
                            random.nextInt(100),
                            Samples.policy(number).priority(i).build());
                }
            } catch (NetlinkException refused) {
                // It is there already, or not there any more.
            }
        }
    }

    private static void change(XfrmClient client, int dice, XfrmState state) {
        if (dice == 0) {
            client.flushStates(state.id().protocol());
        } else if (dice < 40) {
            client.deleteState(state.key());
        } else if (dice < 50) {
            client.expireState(state, true);
        } else {
            client.addState(state);
        }
    }

    private static void change(XfrmClient client, int dice, XfrmPolicy policy) {
        if (dice == 0) {
            client.flushPolicies(PolicyType.MAIN);
        } else if (dice < 30) {
            client.deletePolicy(policy.key());
        } else if (dice < 40) {
            client.expirePolicy(policy, true);
        } else if (dice < 60) {
            client.updatePolicy(policy);
        } else {
            client.addPolicy(policy);
        }
    }

    private static void isMirrored(XfrmClient client, XfrmMirror mirror) {
        assertThat(mirror.isComplete()).isTrue();
        assertThat(sortedPolicies(mirror.policies()))
                .as("seed %d", SEED)
                .isEqualTo(sortedPolicies(client.listPolicies()));
        assertThat(sortedStates(mirror.states())).as("seed %d", SEED).isEqualTo(sortedStates(client.listStates()));
    }

    private static List<XfrmPolicy> sortedPolicies(List<XfrmPolicy> policies) {
        return policies.stream()
                .sorted(Comparator.comparing(policy -> policy.key().toString()))
                .toList();
    }

    /** Without the time of addition, which an event may tell a second earlier than a dump. */
    private static List<XfrmState> sortedStates(List<XfrmState> states) {
        return states.stream()
                .map(state -> state.toBuilder().current(LifetimeCurrent.NONE).build())
                .sorted(Comparator.comparing(state -> state.key().toString()))
                .toList();
    }
}
