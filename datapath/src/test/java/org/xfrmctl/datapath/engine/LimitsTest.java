package org.xfrmctl.datapath.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.datapath.engine.Samples.esp;
import static org.xfrmctl.datapath.engine.Samples.ip;
import static org.xfrmctl.datapath.engine.Samples.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.engine.Samples.HandClock;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.LifetimeLimits.Limit;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.XfrmCounter;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/** Limits on Linux 6.1: who is dropped, when it is announced, with which counters. */
class LimitsTest {
    private final HandClock clock = new HandClock();
    private final XfrmNamespace namespace = new XfrmNamespace(clock, new Random(7));
    private final OutputProcessor output = new OutputProcessor(namespace, () -> 1);
    private final List<String> events = new ArrayList<>();

    LimitsTest() {
        namespace.events(new XfrmEvents() {
            @Override
            public void stateExpired(XfrmState state, boolean hard) {
                events.add((hard ? "hard " : "soft ") + state.current().bytes() + "/"
                        + state.current().packets());
            }

            @Override
            public void policyExpired(XfrmPolicy policy, boolean hard) {
                events.add(hard ? "policy hard" : "policy soft");
            }
        });
    }

    private SecurityAssociation add(LifetimeLimits limits) {
        return namespace
                .states()
                .insert(esp("192.168.0.100", "192.168.0.1", 0x111, Mode.TUNNEL)
                        .limits(limits)
                        .build())
                .association()
                .orElseThrow();
    }

    /** Sends a packet of 48 bytes; the counter it raised. */
    private Optional<XfrmCounter> send(SecurityAssociation association) {
        PacketBuffer packet = PacketBuffer.of(new byte[28]);
        IpHeader.prepend(packet, ip("10.3.0.9"), ip("10.1.0.9"), 17);
        Verdict verdict =
                output.transform(new Packet(packet), new Bundle(1446, List.of(new Bundle.Step(association, 1500))));
        return verdict instanceof Verdict.Drop drop ? drop.counter() : Optional.empty();
    }

    @Test
    void bytes() {
        SecurityAssociation association =
                add(new LifetimeLimits(new Limit(50, 100), Limit.INFINITE, Limit.NEVER, Limit.NEVER));
        assertThat(send(association)).isEmpty();
        assertThat(send(association)).isEmpty();
        assertThat(events).isEmpty();
        assertThat(send(association)).isEmpty();
        assertThat(events).containsExactly("soft 96/2");
        assertThat(send(association)).contains(XfrmCounter.OUT_STATE_EXPIRED);
        assertThat(events).containsExactly("soft 96/2", "hard 144/3");
        assertThat(namespace.states().list()).isEmpty();
        assertThat(send(association)).contains(XfrmCounter.OUT_STATE_INVALID);
    }

    @Test
    void packets() {
        SecurityAssociation association =
                add(new LifetimeLimits(Limit.INFINITE, new Limit(2, 4), Limit.NEVER, Limit.NEVER));
        for (int i = 0; i < 4; i++) {
            assertThat(send(association)).isEmpty();
        }
        assertThat(events).containsExactly("soft 96/2");
        assertThat(send(association)).contains(XfrmCounter.OUT_STATE_EXPIRED);
    }

    @Test
    void secondsSinceItWasAdded() {
        add(new LifetimeLimits(Limit.INFINITE, Limit.INFINITE, new Limit(1, 3), Limit.NEVER));
        namespace.runTimers();
        assertThat(events).isEmpty();
        clock.advance(1);
        namespace.runTimers();
        namespace.runTimers();
        assertThat(events).containsExactly("soft 0/0");
        clock.advance(2);
        namespace.runTimers();
        assertThat(events).containsExactly("soft 0/0", "hard 0/0");
        assertThat(namespace.states().size()).isZero();
    }

    @Test
    void secondsSinceItWasUsedDoNotRunBefore() {
        SecurityAssociation association =
                add(new LifetimeLimits(Limit.INFINITE, Limit.INFINITE, Limit.NEVER, new Limit(0, 5)));
        clock.advance(100);
        namespace.runTimers();
        assertThat(namespace.states().size()).isEqualTo(1);
        send(association);
        clock.advance(5);
        namespace.runTimers();
        assertThat(events).containsExactly("hard 48/1");
    }

    /** Nobody looked for a while; what happened meanwhile is told in the order in which it would have. */
    @Test
    void missedTimersRunInTheirOrder() {
        add(new LifetimeLimits(Limit.INFINITE, Limit.INFINITE, new Limit(5, 20), Limit.NEVER));
        namespace
                .policies()
                .insert(policy(Direction.OUT, "10.0.0.0/8", "10.0.0.0/8")
                        .limits(new LifetimeLimits(Limit.INFINITE, Limit.INFINITE, new Limit(7, 9), Limit.NEVER))
                        .build());
        clock.advance(1000);
        namespace.runTimers();
        assertThat(events).containsExactly("soft 0/0", "policy soft", "policy hard", "hard 0/0");
    }

    /** {@code XFRM_SOFT_EXPIRE}: made older than its hard limit, a state is first warned of and then has its time. */
    @Test
    void aStateMadeOldIsWarnedOfFirst() {
        SecurityAssociation association =
                add(new LifetimeLimits(Limit.INFINITE, Limit.INFINITE, new Limit(10, 20), Limit.NEVER));
        clock.advance(1);
        namespace.runTimers();
        namespace
                .states()
                .restore(
                        association,
                        new LifetimeCurrent(0, 0, association.current().addTime() - 100, 0));
        clock.advance(8);
        namespace.runTimers();
        assertThat(events).isEmpty();
        clock.advance(1);
        namespace.runTimers();
        assertThat(events).containsExactly("soft 0/0");
        clock.advance(10);
        namespace.runTimers();
        assertThat(events).containsExactly("soft 0/0");
        clock.advance(1);
        namespace.runTimers();
        assertThat(events).containsExactly("soft 0/0", "hard 0/0");
    }

    /** The first look is a second after the change, however old the state is. */
    @Test
    void aTimerRunsASecondAfterAnUpdateAtTheEarliest() {
        LifetimeLimits never = new LifetimeLimits(Limit.INFINITE, Limit.INFINITE, Limit.NEVER, Limit.NEVER);
        XfrmState state = add(never).definition();
        clock.advance(100);
        LifetimeLimits short10 = new LifetimeLimits(Limit.INFINITE, Limit.INFINITE, new Limit(0, 10), Limit.NEVER);
        namespace.states().update(state.toBuilder().limits(short10).build());
        namespace.runTimers();
        assertThat(events).isEmpty();
        clock.advance(1);
        namespace.runTimers();
        assertThat(events).containsExactly("hard 0/0");
    }

    @Test
    void aLarvalStateWaitsThirtySeconds() {
        XfrmState wanted = esp("192.168.0.100", "192.168.0.1", 0, Mode.TUNNEL)
                .algorithms(List.of())
                .limits(new LifetimeLimits(Limit.INFINITE, Limit.INFINITE, new Limit(0, 30), Limit.NEVER))
                .build();
        namespace.states().allocateSpi(wanted, 0x200, 0x200);
        clock.advance(29);
        namespace.runTimers();
        assertThat(events).isEmpty();
        clock.advance(1);
        namespace.runTimers();
        assertThat(events).containsExactly("hard 0/0");
        assertThat(namespace.states().size()).isZero();
    }

    @Test
    void policiesExpireByTimeAndRepeatTheirWarning() {
        namespace
                .policies()
                .insert(policy(Direction.OUT, "10.0.0.0/8", "10.0.0.0/8")
                        .action(PolicyAction.BLOCK)
                        .limits(new LifetimeLimits(Limit.INFINITE, Limit.INFINITE, new Limit(1, 60), Limit.NEVER))
                        .build());
        for (int second = 0; second < 60; second++) {
            clock.advance(1);
            namespace.runTimers();
        }
        assertThat(events).containsExactly("policy soft", "policy soft", "policy hard");
        assertThat(namespace.policies().list()).isEmpty();
    }
}
