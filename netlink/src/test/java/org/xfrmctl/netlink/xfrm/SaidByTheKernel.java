package org.xfrmctl.netlink.xfrm;

import static org.xfrmctl.netlink.xfrm.RecordedSession.ELEVENTH;
import static org.xfrmctl.netlink.xfrm.RecordedSession.FIRST;
import static org.xfrmctl.netlink.xfrm.RecordedSession.FIRST_NUMBERS;
import static org.xfrmctl.netlink.xfrm.RecordedSession.FIRST_POLICY;
import static org.xfrmctl.netlink.xfrm.RecordedSession.FIRST_SOURCE;
import static org.xfrmctl.netlink.xfrm.RecordedSession.GCM;
import static org.xfrmctl.netlink.xfrm.RecordedSession.HERE;
import static org.xfrmctl.netlink.xfrm.RecordedSession.MIGRATION;
import static org.xfrmctl.netlink.xfrm.RecordedSession.NINTH_POLICY;
import static org.xfrmctl.netlink.xfrm.RecordedSession.SIXTH_POLICY;
import static org.xfrmctl.netlink.xfrm.RecordedSession.THERE;
import static org.xfrmctl.netlink.xfrm.RecordedSession.TWELFTH;
import static org.xfrmctl.netlink.xfrm.RecordedSession.UP_TO_99_BYTES;
import static org.xfrmctl.netlink.xfrm.RecordedSession.addedAt;
import static org.xfrmctl.netlink.xfrm.RecordedSession.between;
import static org.xfrmctl.netlink.xfrm.RecordedSession.countingKey;
import static org.xfrmctl.netlink.xfrm.RecordedSession.esp;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.DefaultPolicies;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.LifetimeLimits.Limit;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.PolicyFlags;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.PortMatch;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateFlags;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/** The values of the captured replies, events and dumped states that no command had asked for in these words. */
final class SaidByTheKernel {
    private static final LifetimeLimits LARVAL =
            new LifetimeLimits(Limit.INFINITE, Limit.INFINITE, new Limit(0, 30), Limit.NEVER);
    private final Map<String, Object> values = new HashMap<>();

    private SaidByTheKernel() {
        states();
        policies();
        acquire();
        others();
    }

    /** By the name of the file. */
    static Map<String, Object> all() {
        return new SaidByTheKernel().values;
    }

    private void states() {
        XfrmState added = GCM.toBuilder()
                .selector(Selector.any(Family.INET))
                .current(addedAt(12))
                .build();
        XfrmState updated = added.toBuilder().limits(UP_TO_99_BYTES).build();
        values.put("event-00-newsa.hex", new XfrmEvent.StateAdded(added));
        values.put("event-01-updsa.hex", new XfrmEvent.StateUpdated(updated));
        values.put("event-02-delsa.hex", new XfrmEvent.StateDeleted(updated));
        XfrmState twelfth = TWELFTH.toBuilder()
                .selector(Selector.any(Family.INET))
                .limits(new LifetimeLimits(
                        new Limit(1_000_000, 2_000_000),
                        new Limit(1000, 2000),
                        new Limit(3000, 3600),
                        new Limit(100, 200)))
                .current(addedAt(6))
                .build();
        values.put("event-09-expire.hex", new XfrmEvent.StateExpired(twelfth, false));
        values.put("event-10-expire.hex", new XfrmEvent.StateExpired(twelfth, true));
        values.put("state-dump-proto4-spi-c0000201-192.0.2.4.hex", implied("192.0.2.1", "192.0.2.4", 0xc0000201, 4));
        values.put("state-dump-proto41-spi-1-2001_db8__5.hex", implied("2001:db8::1", "2001:db8::5", 1, 41));
        // The selector of such a state has addresses and, alone of all, no family.
        values.put(
                "req-allocspi-fixed.txt",
                new XfrmEvent.StateAdded(esp(0x3001)
                        .selector(Selector.between(hostOfNoFamily(HERE), hostOfNoFamily(THERE)))
                        .limits(LARVAL)
                        .current(addedAt(12))
                        .build()));
        XfrmState eleventh = XfrmState.builder(ELEVENTH.id(), FIRST_SOURCE)
                .mode(Mode.TUNNEL)
                .reqid(new Reqid(11))
                .flags(new StateFlags(0x80, 0))
                .algorithms(List.of(new Algorithm.Aead("rfc4106(gcm(aes))", countingKey(20), 128)))
                .replay(new ReplayState.Extended(128, 0x1_0000_000aL, 0x2_0000_012cL, List.of(0, 0, 0, 0)))
                .current(addedAt(6))
                .build();
        values.put("req-getsa-esn.txt", new XfrmEvent.StateAdded(eleventh));
    }

    private static IpPrefix hostOfNoFamily(IpAddress address) {
        return new IpPrefix(new IpAddress(Family.UNSPEC, address.word0(), 0, 0, 0), 32);
    }

    private static XfrmEvent implied(String source, String destination, int spi, int protocol) {
        return new XfrmEvent.StateAdded(XfrmState.builder(
                        new SaId(IpAddress.parse(destination), new Spi(spi), new IpProtocol(protocol)),
                        IpAddress.parse(source))
                .mode(Mode.TUNNEL)
                .current(addedAt(5))
                .build());
    }

    private void policies() {
        XfrmPolicy first = FIRST_POLICY.toBuilder()
                .index(1)
                .type(Optional.of(PolicyType.MAIN))
                .current(addedAt(12))
                .build();
        values.put("event-06-updpolicy.hex", new XfrmEvent.PolicyUpdated(first));
        values.put("event-07-delpolicy.hex", new XfrmEvent.PolicyDeleted(first, 0));
        XfrmPolicy ninth = XfrmPolicy.builder(between("10.9.0.0/16", "10.10.0.0/16"), Direction.OUT)
                .templates(List.of(Template.tunnel(
                        FIRST_SOURCE, FIRST.destination(), IpProtocol.AH, new Reqid(3), Level.REQUIRED)))
                .index(NINTH_POLICY.index())
                .flags(new PolicyFlags(PolicyFlags.LOCALOK | PolicyFlags.ICMP))
                .type(Optional.of(PolicyType.MAIN))
                .limits(new LifetimeLimits(new Limit(1000, -1), Limit.INFINITE, new Limit(0, 7200), Limit.NEVER))
                .current(addedAt(11))
                .build();
        values.put("event-08-delpolicy.hex", new XfrmEvent.PolicyDeleted(ninth, NINTH_POLICY.index()));
        values.put("req-getpolicy-index.txt", new XfrmEvent.PolicyAdded(ninth));
        XfrmPolicy sixth = SIXTH_POLICY.toBuilder()
                .priority(5)
                .index(40)
                .type(Optional.of(PolicyType.MAIN))
                .current(addedAt(11))
                .build();
        values.put("event-11-polexpire.hex", new XfrmEvent.PolicyExpired(sixth, true));
    }

    private void acquire() {
        IpAddress carol = IpAddress.parse("192.168.0.100");
        IpAddress moon = IpAddress.parse("192.168.0.1");
        XfrmPolicy policy = XfrmPolicy.builder(between("192.168.0.100/32", "192.168.0.1/32"), Direction.OUT)
                .templates(List.of(Template.tunnel(carol, moon, IpProtocol.ESP, new Reqid(77), Level.REQUIRED)))
                .index(89)
                .type(Optional.of(PolicyType.MAIN))
                .current(addedAt(12))
                .build();
        Selector packet = new Selector(
                policy.selector().source(),
                policy.selector().destination(),
                new IpProtocol(17),
                PortMatch.exactly(5555),
                PortMatch.exactly(53),
                new Selector.Binding(2, 0));
        SaId nameless = new SaId(moon, Spi.NONE, IpProtocol.ESP);
        values.put("event-acq-00-newpolicy.hex", new XfrmEvent.PolicyAdded(policy));
        values.put(
                "event-acq-01-acquire.hex",
                new XfrmEvent.Acquired(nameless, carol, packet, policy, Template.AlgorithmMasks.ALL, 1));
        values.put(
                "state-acquire-larval.hex",
                new XfrmEvent.StateAdded(XfrmState.builder(nameless, carol)
                        .selector(packet)
                        .mode(Mode.TUNNEL)
                        .reqid(new Reqid(77))
                        .seq(1)
                        .limits(LARVAL)
                        .current(addedAt(12))
                        .build()));
        values.put(
                "event-mapping.hex",
                new XfrmEvent.Mapped(
                        new SaId(moon, new Spi(0x111), IpProtocol.ESP),
                        new Reqid(1),
                        new XfrmEvent.Peer(carol, 4500),
                        new XfrmEvent.Peer(carol, 45001)));
    }

    private void others() {
        DefaultPolicies blockTransit = new DefaultPolicies(2, 1, 2);
        values.put("req-getdefault.txt", new XfrmEvent.DefaultsSet(blockTransit));
        values.put("event-03-getdefault.hex", new XfrmEvent.DefaultsSet(blockTransit));
        values.put("event-04-getdefault.hex", new XfrmEvent.DefaultsSet(new DefaultPolicies(2, 2, 2)));
        values.put("event-05-newae.hex", numbers(AsyncEvent.SET, AsyncEvent.Thresholds.UNTOLD));
        // The flags are those of the question; ten times 100 ms.
        values.put(
                "req-getae.txt",
                numbers(15, new AsyncEvent.Thresholds(OptionalInt.of(2), OptionalInt.of(10), OptionalInt.empty())));
        values.put("event-12-migrate.hex", new XfrmEvent.Migrated(MIGRATION));
        values.put("event-flush-00-flushpolicy.hex", new XfrmEvent.PoliciesFlushed(Optional.of(PolicyType.MAIN)));
        values.put("event-flush-01-flushsa.hex", new XfrmEvent.StatesFlushed(IpProtocol.ANY));
        values.put("req-getsadinfo.txt", new SadInfo(20, 32, 1_048_576));
        values.put(
                "req-getspdinfo.txt",
                new SpdInfo(
                        new SpdInfo.Counts(2, 9, 1),
                        new SpdInfo.Counts(0, 0, 0),
                        new SpdInfo.Hash(
                                15, 1_048_576, new SpdInfo.Threshold(32, 32), new SpdInfo.Threshold(128, 128))));
    }

    private static XfrmEvent numbers(int flags, AsyncEvent.Thresholds thresholds) {
        return new XfrmEvent.StateMoved(new AsyncEvent(
                FIRST,
                FIRST_SOURCE,
                new Reqid(1),
                flags,
                Mark.NONE,
                new AsyncEvent.Values(Optional.of(FIRST_NUMBERS), Optional.of(addedAt(0)), thresholds)));
    }
}
