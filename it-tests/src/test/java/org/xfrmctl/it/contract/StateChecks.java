package org.xfrmctl.it.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.LifetimeLimits.Limit;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.NatTraversal;
import org.xfrmctl.model.Placement;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaDirection;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateExtras;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.StateFlags;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.xfrm.AsyncEvent;
import org.xfrmctl.netlink.xfrm.DumpFilter;
import org.xfrmctl.netlink.xfrm.SpiRequest;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/** The SAD. */
final class StateChecks {
    private StateChecks() {}

    static List<Check> all() {
        return List.of(
                Check.of("states come back as they were asked for", StateChecks::comeBack, Need.TRANSFORMS),
                Check.of("direction and keepalive come back", StateChecks::newerAttributes, Need.DIRECTION),
                Check.of("an update changes limits and keeps the key", StateChecks::update, Need.TRANSFORMS),
                Check.of(
                        "the kernel filters a dump by protocol, family and prefix",
                        StateChecks::filters,
                        Need.TRANSFORMS),
                Check.of("a flush takes one protocol, or all", StateChecks::flush, Need.TRANSFORMS),
                Check.of(
                        "a companion is found by its ends and cannot be deleted",
                        StateChecks::companion,
                        Need.TRANSFORMS),
                Check.of("an SPI is reserved in a range and completed", StateChecks::allocSpi, Need.TRANSFORMS),
                Check.of("a reserved SPI is taken", StateChecks::reservedSpi),
                Check.of("sequence numbers and use can be read and set", StateChecks::asyncEvent, Need.TRANSFORMS),
                Check.of("a hard limit removes a state", StateChecks::expire, Need.TRANSFORMS),
                Check.of("a rehearsal leaves no trace", StateChecks::rehearsal, Need.TRANSFORMS),
                Check.of("a restored state keeps what it counted", StateChecks::restore, Need.TRANSFORMS));
    }

    /** One of each kind. */
    private static List<XfrmState> kinds() {
        Algorithm sha = new Algorithm.Authentication("hmac(sha256)", Samples.key(32), 128);
        Algorithm aes = new Algorithm.Encryption("cbc(aes)", Samples.key(16));
        XfrmState.Builder six = XfrmState.builder(
                        new SaId(Samples.THERE6, new Spi(0x1005), IpProtocol.ESP), Samples.HERE6)
                .algorithms(List.of(sha, aes));
        return List.of(
                Samples.esp(0x1001).replay(new ReplayState.Basic(32, 0, 0, 0)).build(),
                Samples.esp(0x1002)
                        .mode(Mode.TRANSPORT)
                        .algorithms(List.of(sha, aes))
                        .build(),
                Samples.esp(0x1003)
                        .flags(StateFlags.NONE.with(StateFlag.ESN))
                        .replay(new ReplayState.Extended(128, 0, 0, List.of(0, 0, 0, 0)))
                        .build(),
                Samples.esp(0x1004)
                        .limits(new LifetimeLimits(
                                new Limit(10, 20), new Limit(30, 40), new Limit(50, 60), new Limit(70, 80)))
                        .mark(new Mark(5, 0xff))
                        .ifId(new IfId(9))
                        .options(StateOptions.NONE
                                .withOutputMark(Optional.of(new Mark(3, 0xf)))
                                .withNatTraversal(new NatTraversal(
                                        Optional.of(new Encap(Encap.ESPINUDP, 4500, 4501, IpAddress.ANY_V4)), 0, 30))
                                .withExtras(StateExtras.NONE.withTfcPad(300)))
                        .build(),
                six.build(),
                XfrmState.builder(Samples.id(IpProtocol.AH, 0x1006), Samples.HERE)
                        .algorithms(List.of(sha))
                        .build(),
                XfrmState.builder(Samples.id(IpProtocol.COMP, 0x1007), Samples.HERE)
                        .algorithms(List.of(Algorithm.Compression.DEFLATE))
                        .build());
    }

    private static void comeBack(KernelUnderTest kernel) {
        try (XfrmClient client = kernel.client()) {
            List<XfrmState> wanted = kinds();
            wanted.forEach(client::addState);
            List<XfrmState> listed = new ArrayList<>();
            client.listStates().forEach(state -> listed.add(0, Samples.asAsked(state)));
            assertThat(listed).isEqualTo(wanted);
            for (XfrmState state : wanted) {
                assertThat(client.getState(state.key()).map(Samples::asAsked)).contains(state);
            }
            assertThat(client.countStates().states()).isEqualTo(wanted.size());
            wanted.forEach(state -> client.deleteState(state.key()));
            assertThat(client.listStates()).isEmpty();
        }
    }

    private static void newerAttributes(KernelUnderTest kernel) {
        try (XfrmClient client = kernel.client()) {
            Placement out = new Placement(Optional.of(SaDirection.OUT), OptionalInt.empty(), Optional.empty());
            XfrmState sender = Samples.esp(0x1001)
                    .options(StateOptions.NONE
                            .withPlacement(out)
                            .withNatTraversal(new NatTraversal(
                                    Optional.of(new Encap(Encap.ESPINUDP, 4500, 4500, IpAddress.ANY_V4)), 20, 0)))
                    .build();
            client.addState(sender);
            assertThat(client.getState(sender.key()).map(Samples::asAsked)).contains(sender);
        }
    }

    private static void update(KernelUnderTest kernel) {
        try (XfrmClient client = kernel.client()) {
            XfrmState before = Samples.esp(0x1001).build();
            client.addState(before);
            LifetimeLimits limits = new LifetimeLimits(new Limit(-1, 99), Limit.INFINITE, Limit.NEVER, Limit.NEVER);
            client.updateState(before.toBuilder()
                    .limits(limits)
                    .reqid(new Reqid(70))
                    .algorithms(List.of(new Algorithm.Aead("rfc4106(gcm(aes))", Samples.key(36), 128)))
                    .build());
            assertThat(client.getState(before.key()).map(Samples::asAsked))
                    .contains(before.toBuilder().limits(limits).build());
        }
    }

    private static void filters(KernelUnderTest kernel) {
        try (XfrmClient client = kernel.client()) {
            kinds().forEach(client::addState);
            assertThat(client.listStates(new DumpFilter(IpProtocol.AH, Optional.empty())))
                    .hasSize(1);
            assertThat(client.listStates(new DumpFilter(IpProtocol.IPSEC_ANY, Optional.empty())))
                    .hasSize(7);
            assertThat(client.listStates(DumpFilter.of(Family.INET6))).hasSize(1);
            DumpFilter.Ends prefix = new DumpFilter.Ends(IpPrefix.any(Family.INET6), IpPrefix.parse("2001:db8::/32"));
            assertThat(client.listStates(new DumpFilter(IpProtocol.ESP, Optional.of(prefix))))
                    .hasSize(1);
            DumpFilter.Ends elsewhere =
                    new DumpFilter.Ends(IpPrefix.any(Family.INET), IpPrefix.parse("198.51.100.0/24"));
            assertThat(client.listStates(new DumpFilter(IpProtocol.ANY, Optional.of(elsewhere))))
                    .isEmpty();
        }
    }

    private static void flush(KernelUnderTest kernel) {
        try (XfrmClient client = kernel.client()) {
            kinds().forEach(client::addState);
            client.flushStates(IpProtocol.AH);
            assertThat(client.listStates()).hasSize(6);
            client.flushStates(IpProtocol.ANY);
            assertThat(client.listStates()).isEmpty();
        }
    }

    private static void companion(KernelUnderTest kernel) {
        try (XfrmClient client = kernel.client()) {
            XfrmState compressing = Samples.ipcomp(0x2001).build();
            client.addState(compressing);
            XfrmState implied = client.listStates().stream()
                    .filter(XfrmState::isImplied)
                    .findFirst()
                    .orElseThrow();
            assertThat(client.getState(implied.key())).contains(implied);
            assertThatExceptionOfType(NetlinkException.class)
                    .isThrownBy(() -> client.deleteState(implied.key()))
                    .satisfies(refusal -> {
                        assertThat(refusal.is(Errno.EPERM)).isTrue();
                        assertThat(refusal.hint().orElse("")).contains("IPComp");
                    });
            client.deleteState(compressing.key());
            assertThat(client.listStates()).isEmpty();
        }
    }

    private static void allocSpi(KernelUnderTest kernel) {
        try (XfrmClient client = kernel.client()) {
            XfrmState wanted = Samples.esp(0).build();
            XfrmState larval = client.allocSpi(new SpiRequest(wanted, 0x3000, 0x3fff));
            assertThat(larval.id().spi().bits()).isBetween(0x3000, 0x3fff);
            XfrmState complete = Samples.esp(larval.id().spi().bits()).build();
            client.updateState(complete);
            assertThat(client.listStates()).map(Samples::asAsked).containsExactly(complete);
        }
    }

    private static void reservedSpi(KernelUnderTest kernel) {
        try (XfrmClient client = kernel.client()) {
            SpiRequest only =
                    new SpiRequest(Samples.esp(0).algorithms(List.of()).build(), 0x4000, 0x4000);
            assertThat(client.allocSpi(only).id().spi()).isEqualTo(new Spi(0x4000));
            assertThatExceptionOfType(NetlinkException.class)
                    .isThrownBy(() -> client.allocSpi(only))
                    .satisfies(refusal -> {
                        assertThat(refusal.is(Errno.ENOENT)).isTrue();
                        assertThat(refusal.hint().orElse("")).contains("wider range");
                    });
            client.flushStates(IpProtocol.ANY);
        }
    }

    private static void asyncEvent(KernelUnderTest kernel) {
        try (XfrmClient client = kernel.client()) {
            XfrmState state = Samples.esp(0x1001)
                    .replay(new ReplayState.Basic(32, 0, 0, 0))
                    .build();
            client.addState(state);
            LifetimeCurrent used = new LifetimeCurrent(1000, 10, 5, 6);
            client.setAsyncEvent(AsyncEvent.set(
                    state.id(),
                    Mark.NONE,
                    new AsyncEvent.Values(
                            Optional.of(new ReplayState.Basic(0, 21, 22, 7)),
                            Optional.of(used),
                            AsyncEvent.Thresholds.UNTOLD)));
            AsyncEvent told = client.getAsyncEvent(
                    AsyncEvent.about(state.id(), Mark.NONE, AsyncEvent.REPLAY_THRESHOLD | AsyncEvent.TIMER_THRESHOLD));
            assertThat(told.values().replay()).contains(new ReplayState.Basic(0, 21, 22, 7));
            assertThat(told.values().current()).contains(used);
            assertThat(told.values().thresholds())
                    .isEqualTo(new AsyncEvent.Thresholds(OptionalInt.of(2), OptionalInt.of(10), OptionalInt.empty()));
            assertThat(told.reqid()).isEqualTo(new Reqid(7));
        }
    }

    private static void expire(KernelUnderTest kernel) {
        try (XfrmClient client = kernel.client()) {
            XfrmState state = Samples.esp(0x1001).build();
            client.addState(state);
            client.expireState(state, false);
            assertThat(client.listStates()).hasSize(1);
            client.expireState(state, true);
            assertThat(client.listStates()).isEmpty();
        }
    }

    private static void rehearsal(KernelUnderTest kernel) {
        try (XfrmClient client = kernel.client()) {
            kinds().forEach(state -> assertThat(client.rehearseState(state)).isEmpty());
            assertThat(client.rehearseState(Samples.ipcomp(0x2001).build())).isEmpty();
            assertThat(client.listStates()).isEmpty();
            XfrmState unknown = Samples.esp(0x1001)
                    .algorithms(List.of(new Algorithm.Aead("rfc4106(gcm(aes))", Samples.key(20), 120)))
                    .build();
            assertThat(client.rehearseState(unknown)).hasValueSatisfying(refusal -> {
                assertThat(refusal.is(Errno.ENOSYS)).isTrue();
                assertThat(refusal.hint().orElse("")).contains("CONFIG_CRYPTO_GCM (module gcm)");
            });
            client.allocSpi(SpiRequest.any(Samples.esp(0).build()));
            assertThat(client.rehearseState(Samples.esp(0x1001).build())).isEmpty();
            assertThat(client.listStates()).hasSize(1);
        }
    }

    private static void restore(KernelUnderTest kernel) {
        try (XfrmClient client = kernel.client()) {
            LifetimeCurrent used = new LifetimeCurrent(1000, 10, 1_700_000_000, 1_700_000_001);
            XfrmState state = Samples.esp(0x1001).current(used).build();
            client.restoreState(state);
            assertThat(client.getState(state.key()).orElseThrow().current()).isEqualTo(used);
        }
    }
}
