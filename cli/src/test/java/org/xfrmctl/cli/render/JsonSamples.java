package org.xfrmctl.cli.render;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.DefaultPolicies;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.ExtraFlag;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Iptfs;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.LifetimeLimits.Limit;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.NatTraversal;
import org.xfrmctl.model.Offload;
import org.xfrmctl.model.Placement;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.PolicyFlags;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.PortMatch;
import org.xfrmctl.model.RawAttribute;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaDirection;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.SecurityLabel;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateExtras;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.StateFlags;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.StateStatistics;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.xfrm.AsyncEvent;
import org.xfrmctl.netlink.xfrm.Migration;
import org.xfrmctl.netlink.xfrm.XfrmEvent;

/** What the examples show: a state and a policy with everything, plain ones, and one event of each kind. */
final class JsonSamples {
    private static final IpAddress CAROL = IpAddress.parse("192.168.0.100");
    private static final IpAddress MOON = IpAddress.parse("192.168.0.1");
    private static final Reqid REQID = new Reqid(0x5800_0001);
    private static final SaId ESP = new SaId(MOON, new Spi(0xc100_0001), IpProtocol.ESP);
    private static final long MIDDAY = 1_795_435_200L;

    private JsonSamples() {}

    private static Key key(int length) {
        byte[] material = new byte[length];
        for (int i = 0; i < length; i++) {
            material[i] = (byte) (0xa0 + i);
        }
        return Key.of(material);
    }

    private static SecurityLabel label() {
        byte[] text = "system_u:object_r:ipsec_spd_t:s0\0".getBytes(StandardCharsets.US_ASCII);
        return new SecurityLabel(1, 1, Bytes.of(text));
    }

    /** As ESP in a tunnel is, after some packets. */
    static XfrmState plainState() {
        return XfrmState.builder(ESP, CAROL)
                .mode(Mode.TUNNEL)
                .reqid(REQID)
                .flags(StateFlags.NONE.with(StateFlag.AF_UNSPEC))
                .algorithms(List.of(new Algorithm.Aead("rfc4106(gcm(aes))", key(20), 128)))
                .replay(new ReplayState.Basic(32, 2, 0, 0))
                .limits(new LifetimeLimits(Limit.INFINITE, Limit.INFINITE, new Limit(3240, 3600), Limit.NEVER))
                .current(new LifetimeCurrent(475, 2, MIDDAY, MIDDAY + 4))
                .build();
    }

    /** Everything that a state can say, without regard to what goes together. */
    static XfrmState richState() {
        StateOptions options = new StateOptions(
                Optional.of(new Mark(0x10, 0xff)),
                new NatTraversal(Optional.of(new Encap(Encap.ESPINUDP, 4500, 4500, IpAddress.ANY_V4)), 20, 60),
                new Placement(
                        Optional.of(SaDirection.IN),
                        OptionalInt.of(3),
                        Optional.of(new Offload(2, Offload.INBOUND | Offload.PACKET | 0x40))),
                new Iptfs(
                        OptionalInt.of(1_000_000),
                        OptionalInt.of(3),
                        true,
                        OptionalInt.of(0),
                        OptionalInt.of(10_485_760),
                        OptionalInt.of(0)),
                new StateExtras(
                        Optional.of(IpAddress.parse("192.0.2.7")), 1400, OptionalLong.of(MIDDAY), Optional.of(label())),
                List.of(
                        new RawAttribute(60, Bytes.parseHex("0badc0de")),
                        new RawAttribute(33, Bytes.parseHex("01000000")),
                        new RawAttribute(RawAttribute.TRAILING, Bytes.parseHex("ff"))));
        return XfrmState.builder(ESP, CAROL)
                .selector(new Selector(
                        IpPrefix.parse("10.1.0.0/16"),
                        IpPrefix.parse("10.2.0.0/16"),
                        IpProtocol.UDP,
                        PortMatch.exactly(53),
                        new PortMatch(0x8000, 0xc000),
                        new Selector.Binding(2, 1000)))
                .mode(Mode.IPTFS)
                .reqid(REQID)
                .seq(7)
                .flags(new StateFlags(0, 0x8)
                        .with(StateFlag.DECAP_DSCP)
                        .with(StateFlag.ESN)
                        .with(ExtraFlag.DONT_ENCAP_DSCP))
                .algorithms(List.of(
                        new Algorithm.Authentication("hmac(sha256)", key(32), 128),
                        new Algorithm.Encryption("cbc(aes)", key(16)),
                        Algorithm.Compression.DEFLATE))
                .replay(new ReplayState.Extended(64, 1, 0x1_0000_0002L, List.of(7, 0)))
                .limits(new LifetimeLimits(
                        new Limit(1_000_000_000, -2), new Limit(0, 1_000_000), new Limit(3240, 3600), new Limit(60, 0)))
                .current(new LifetimeCurrent(-1, 4_294_967_296L, MIDDAY, MIDDAY + 4))
                .statistics(new StateStatistics(1, 2, -1))
                .mark(new Mark(0x2a, 0xffff_ffff))
                .ifId(new IfId(0x2a))
                .options(options)
                .build();
    }

    /** What an EXPIRE tells of a state, and two more events. */
    static Stream<XfrmEvent> documentedEvents() {
        XfrmState state = XfrmState.builder(ESP, CAROL)
                .mode(Mode.TUNNEL)
                .reqid(REQID)
                .replay(new ReplayState.Basic(32, 0, 0, 0))
                .build();
        return Stream.of(
                new XfrmEvent.StateExpired(state, false), mapped(), new XfrmEvent.StatesFlushed(IpProtocol.ESP));
    }

    private static XfrmEvent mapped() {
        return new XfrmEvent.Mapped(ESP, REQID, new XfrmEvent.Peer(CAROL, 4500), new XfrmEvent.Peer(CAROL, 61_000));
    }

    private static Selector net(String source, String destination) {
        return Selector.between(IpPrefix.parse(source), IpPrefix.parse(destination));
    }

    static XfrmPolicy plainPolicy() {
        return XfrmPolicy.builder(net("10.1.0.0/16", "192.168.0.100/32"), Direction.IN)
                .priority(366_911)
                .index(8)
                .type(Optional.of(PolicyType.MAIN))
                .templates(List.of(
                        Template.tunnel(MOON, CAROL, IpProtocol.COMP, REQID, Level.USE),
                        Template.transport(Family.INET, IpProtocol.ESP, REQID, Level.REQUIRED)))
                .current(new LifetimeCurrent(0, 0, MIDDAY, 0))
                .build();
    }

    static XfrmPolicy richPolicy() {
        Template template = new Template(
                ESP, CAROL, REQID, Mode.BEET, new Level(9), new Template.AlgorithmMasks(0xffff, 0x1f, 0), 3);
        return plainPolicy().toBuilder()
                .action(PolicyAction.BLOCK)
                .templates(List.of(template))
                .flags(new PolicyFlags(PolicyFlags.LOCALOK | PolicyFlags.ICMP | 0x80))
                .share(1)
                .type(Optional.of(PolicyType.SUB))
                .limits(new LifetimeLimits(Limit.INFINITE, new Limit(-1, 1000), new Limit(0, 86_400), Limit.NEVER))
                .current(new LifetimeCurrent(1500, 1, MIDDAY, MIDDAY + 1))
                .mark(new Mark(0x2a, 0xff))
                .ifId(new IfId(-1))
                .offload(Optional.of(new Offload(2, Offload.PACKET | 1)))
                .label(Optional.of(new SecurityLabel(1, 1, Bytes.parseHex("00ff"))))
                .other(List.of(new RawAttribute(60, Bytes.parseHex("0badc0de"))))
                .build();
    }

    /** One of each kind, in the order in which {@code XfrmEvent} declares them. */
    static Stream<XfrmEvent> events() {
        XfrmState state = XfrmState.builder(ESP, CAROL).mode(Mode.TUNNEL).build();
        XfrmPolicy policy = XfrmPolicy.builder(net("10.1.0.0/16", "10.2.0.0/16"), Direction.OUT)
                .index(17)
                .build();
        Selector packet = new Selector(
                IpPrefix.parse("10.1.0.5/32"),
                IpPrefix.parse("10.2.0.6/32"),
                IpProtocol.ICMP,
                PortMatch.exactly(8),
                PortMatch.exactly(0),
                Selector.Binding.NONE);
        return Stream.of(
                new XfrmEvent.StateAdded(state),
                new XfrmEvent.StateUpdated(state),
                new XfrmEvent.StateDeleted(state),
                new XfrmEvent.StatesFlushed(IpProtocol.ESP),
                new XfrmEvent.StateExpired(state, true),
                new XfrmEvent.PolicyAdded(policy),
                new XfrmEvent.PolicyUpdated(policy),
                new XfrmEvent.PolicyDeleted(policy, 17),
                new XfrmEvent.PoliciesFlushed(Optional.of(PolicyType.MAIN)),
                new XfrmEvent.PolicyExpired(policy, false),
                new XfrmEvent.Acquired(
                        new SaId(MOON, Spi.NONE, IpProtocol.ESP),
                        CAROL,
                        packet,
                        policy,
                        new Template.AlgorithmMasks(-1, 0xf, -1),
                        5),
                new XfrmEvent.StateMoved(moved()),
                mapped(),
                new XfrmEvent.DefaultsSet(new DefaultPolicies(1, 2, 9)),
                new XfrmEvent.Migrated(migration(policy)),
                new XfrmEvent.Reported(IpProtocol.DSTOPTS, packet, Optional.of(IpAddress.parse("192.0.2.7"))),
                new XfrmEvent.Other(41, Bytes.parseHex("0badc0de")));
    }

    private static AsyncEvent moved() {
        return new AsyncEvent(
                ESP,
                CAROL,
                REQID,
                AsyncEvent.REPLAY_UPDATE | AsyncEvent.SET | 0x100,
                new Mark(1, 1),
                new AsyncEvent.Values(
                        Optional.of(new ReplayState.Extended(64, 0, 70, Collections.nCopies(2, -1))),
                        Optional.of(new LifetimeCurrent(5900, 70, MIDDAY, MIDDAY + 4)),
                        new AsyncEvent.Thresholds(OptionalInt.of(32), OptionalInt.of(10), OptionalInt.empty()),
                        new IfId(0x2a),
                        new Placement(Optional.of(SaDirection.IN), OptionalInt.of(1), Optional.empty()),
                        List.of()));
    }

    private static Migration migration(XfrmPolicy policy) {
        IpAddress moved = IpAddress.parse("2001:db8::15");
        IpAddress peer = IpAddress.parse("2001:db8::1");
        return new Migration(
                new PolicyKey(Direction.OUT, PolicyType.MAIN, policy.selector(), Mark.NONE, IfId.NONE),
                List.of(new Migration.Move(
                        new Migration.Ends(CAROL, MOON),
                        new Migration.Ends(moved, peer),
                        IpProtocol.ESP,
                        Mode.TUNNEL,
                        REQID)),
                Optional.of(new Migration.KmAddresses(moved, peer)),
                Optional.of(new Encap(Encap.ESPINUDP, 4500, 4500, IpAddress.ANY_V6)),
                List.of());
    }
}
