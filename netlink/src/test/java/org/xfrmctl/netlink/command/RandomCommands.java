package org.xfrmctl.netlink.command;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Supplier;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Iptfs;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.NatTraversal;
import org.xfrmctl.model.Offload;
import org.xfrmctl.model.Placement;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.PolicyFlags;
import org.xfrmctl.model.PolicyIndex;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.PortMatch;
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
import org.xfrmctl.model.StateKey;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.xfrm.SpiRequest;

/** Values that commands can say, with every member at random, from a seed. */
final class RandomCommands {
    private static final List<IpProtocol> PROTOCOLS =
            List.of(IpProtocol.ESP, IpProtocol.AH, IpProtocol.COMP, IpProtocol.ROUTING, IpProtocol.DSTOPTS);

    private final Random random;

    RandomCommands(Random random) {
        this.random = random;
    }

    XfrmState state() {
        Family family = family();
        IpProtocol protocol = pick(PROTOCOLS);
        Mode mode = mode(protocol);
        SaDirection direction = pick(List.of(SaDirection.values()));
        StateFlags flags = new StateFlags(oneIn(3) ? random.nextInt(256) : 0, oneIn(3) ? random.nextInt() : 0);
        return XfrmState.builder(id(family, protocol), address(family))
                .selector(oneIn(2) ? Selector.any(Family.UNSPEC) : selector(family()))
                .mode(mode)
                .reqid(new Reqid(random.nextInt()))
                .seq(random.nextInt())
                .flags(flags)
                .algorithms(algorithms(protocol))
                .replay(replay(flags.has(StateFlag.ESN)))
                .limits(limits())
                .mark(mark())
                .ifId(ifId())
                .options(new StateOptions(
                        sometimes(() -> new Mark(random.nextInt() | 1, random.nextInt() | 1)),
                        nat(family),
                        placement(direction),
                        mode.equals(Mode.IPTFS) ? iptfs() : Iptfs.UNSET,
                        extras(protocol, family),
                        List.of()))
                .build();
    }

    private Mode mode(IpProtocol protocol) {
        if (protocol.equals(IpProtocol.ESP)) {
            return pick(List.of(Mode.TRANSPORT, Mode.TUNNEL, Mode.BEET, Mode.IPTFS));
        }
        return protocol.isIpsec()
                ? pick(List.of(Mode.TRANSPORT, Mode.TUNNEL))
                : pick(List.of(Mode.ROUTE_OPTIMIZATION, Mode.IN_TRIGGER));
    }

    private List<Algorithm> algorithms(IpProtocol protocol) {
        Algorithm authentication =
                new Algorithm.Authentication("hmac(sha256)", key(), oneIn(2) ? 0 : 1 + random.nextInt(512));
        if (protocol.equals(IpProtocol.ESP)) {
            Algorithm encryption = new Algorithm.Encryption("cbc(aes)", key());
            return switch (random.nextInt(3)) {
                case 0 -> List.of(new Algorithm.Aead("rfc4106(gcm(aes))", key(), random.nextInt(256)));
                case 1 -> List.of(encryption);
                default -> List.of(authentication, encryption);
            };
        }
        return protocol.equals(IpProtocol.AH)
                ? List.of(authentication)
                : protocol.equals(IpProtocol.COMP) ? List.of(Algorithm.Compression.DEFLATE) : List.of();
    }

    private ReplayState replay(boolean extended) {
        int window = 1 + random.nextInt(4096);
        if (!extended && oneIn(2)) {
            return new ReplayState.Basic(random.nextInt(33), random.nextInt(), random.nextInt(), 0);
        }
        int size = extended ? window : Math.max(33, window);
        return new ReplayState.Extended(
                size, random.nextLong(), random.nextLong(), Collections.nCopies((size + 31) / 32, 0));
    }

    private NatTraversal nat(Family family) {
        Optional<Encap> encap = sometimes(
                () -> new Encap(pick(List.of(1, 2, 7)), random.nextInt(65536), random.nextInt(65536), address(family)));
        return new NatTraversal(encap, oneIn(3) ? random.nextInt() : 0, oneIn(3) ? random.nextInt() : 0);
    }

    private Placement placement(SaDirection direction) {
        OptionalInt cpu = oneIn(3) ? OptionalInt.of(random.nextInt(1000)) : OptionalInt.empty();
        if (oneIn(3)) {
            int inbound = direction == SaDirection.IN ? Offload.INBOUND : 0;
            return new Placement(
                    Optional.of(direction),
                    cpu,
                    Optional.of(new Offload(TestHost.V0, inbound | (oneIn(2) ? Offload.PACKET : 0))));
        }
        return new Placement(sometimes(() -> direction), cpu, Optional.empty());
    }

    private Iptfs iptfs() {
        return new Iptfs(
                number(),
                oneIn(2) ? OptionalInt.of(random.nextInt(65536)) : OptionalInt.empty(),
                oneIn(2),
                number(),
                number(),
                number());
    }

    private StateExtras extras(IpProtocol protocol, Family family) {
        return new StateExtras(
                protocol.isIpsec() ? Optional.empty() : Optional.of(address(family)),
                oneIn(3) ? random.nextInt() : 0,
                OptionalLong.empty(),
                sometimes(this::label));
    }

    XfrmPolicy policy() {
        List<Template> templates = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            templates.add(template());
        }
        return XfrmPolicy.builder(selector(family()), direction())
                .action(pick(List.of(PolicyAction.values())))
                .priority(random.nextInt())
                .templates(templates)
                .index(oneIn(3) ? random.nextInt() : 0)
                .flags(new PolicyFlags(oneIn(2) ? random.nextInt(256) : 0))
                .type(sometimes(() -> pick(List.of(PolicyType.values()))))
                .limits(limits())
                .mark(mark())
                .ifId(ifId())
                .offload(sometimes(() -> new Offload(TestHost.V0, Offload.PACKET)))
                .label(sometimes(this::label))
                .build();
    }

    private Template template() {
        Family family = family();
        boolean fromPacket = oneIn(3);
        IpProtocol protocol = pick(PROTOCOLS);
        return new Template(
                new SaId(fromPacket ? IpAddress.any(family) : address(family), spi(protocol), protocol),
                fromPacket ? IpAddress.any(family) : address(family),
                new Reqid(random.nextInt()),
                new Mode(random.nextInt(6)),
                oneIn(2) ? Level.REQUIRED : Level.USE,
                Template.AlgorithmMasks.ALL,
                0);
    }

    StateKey stateKey() {
        Family family = family();
        return new StateKey(id(family, pick(PROTOCOLS)), address(family), markOfKey());
    }

    SpiRequest spiRequest() {
        Family family = family();
        IpProtocol protocol = pick(PROTOCOLS);
        XfrmState wanted = XfrmState.builder(new SaId(address(family), Spi.NONE, protocol), address(family))
                .selector(Selector.any(Family.UNSPEC))
                .mode(new Mode(random.nextInt(6)))
                .reqid(new Reqid(random.nextInt()))
                .seq(random.nextInt())
                .mark(markOfKey())
                .options(StateOptions.NONE.withPlacement(new Placement(
                        sometimes(() -> pick(List.of(SaDirection.values()))),
                        oneIn(2) ? OptionalInt.of(random.nextInt(9)) : OptionalInt.empty(),
                        Optional.empty())))
                .build();
        int bound = random.nextInt();
        return new SpiRequest(wanted, oneIn(2) ? 0 : bound, oneIn(2) ? -1 : bound);
    }

    PolicyKey policyKey() {
        return new PolicyKey(direction(), pick(List.of(PolicyType.values())), selector(family()), markOfKey(), ifId());
    }

    PolicyIndex policyIndex() {
        return new PolicyIndex(
                random.nextInt() | 1, direction(), pick(List.of(PolicyType.values())), markOfKey(), ifId());
    }

    private Selector selector(Family family) {
        IpProtocol protocol = new IpProtocol(pick(List.of(0, 6, 17, 33, 132, 1, 58, 135, 47, 4, 255)));
        PortMatch source = PortMatch.ANY;
        PortMatch destination = PortMatch.ANY;
        switch (protocol.number()) {
            case 0, 6, 17, 33, 132 -> {
                source = oneIn(2) ? PortMatch.ANY : PortMatch.exactly(1 + random.nextInt(65535));
                destination = oneIn(2) ? PortMatch.ANY : PortMatch.exactly(1 + random.nextInt(65535));
            }
            case 1, 58, 135 -> {
                source = oneIn(2) ? PortMatch.ANY : PortMatch.exactly(random.nextInt(256));
                destination = oneIn(2) ? PortMatch.ANY : PortMatch.exactly(random.nextInt(256));
            }
            case 47 -> {
                if (oneIn(2)) {
                    source = PortMatch.exactly(random.nextInt(65536));
                    destination = PortMatch.exactly(random.nextInt(65536));
                }
            }
            default -> {}
        }
        return new Selector(
                new IpPrefix(address(family), random.nextInt(family.bits() + 1)),
                new IpPrefix(address(family), random.nextInt(family.bits() + 1)),
                protocol,
                source,
                destination,
                oneIn(4) ? new Selector.Binding(TestHost.V0, 0) : Selector.Binding.NONE);
    }

    private SaId id(Family family, IpProtocol protocol) {
        return new SaId(address(family), spi(protocol), protocol);
    }

    private Spi spi(IpProtocol protocol) {
        return protocol.equals(IpProtocol.COMP)
                ? new Spi(random.nextInt(65536))
                : protocol.isIpsec() ? new Spi(random.nextInt()) : Spi.NONE;
    }

    private LifetimeLimits limits() {
        return new LifetimeLimits(limit(LifetimeLimits.INFINITE), limit(LifetimeLimits.INFINITE), limit(0), limit(0));
    }

    private LifetimeLimits.Limit limit(long none) {
        return new LifetimeLimits.Limit(oneIn(2) ? none : random.nextLong(), oneIn(2) ? none : random.nextLong());
    }

    private Mark mark() {
        return oneIn(2) ? Mark.NONE : new Mark(random.nextInt(), oneIn(2) ? -1 : random.nextInt() | 1);
    }

    private Mark markOfKey() {
        return oneIn(2) ? Mark.NONE : new Mark(random.nextInt() | 1, -1);
    }

    private IfId ifId() {
        return new IfId(oneIn(2) ? 0 : random.nextInt());
    }

    private SecurityLabel label() {
        String text = "system_u:object_r:ipsec_spd_t:s" + random.nextInt(100) + '\0';
        return new SecurityLabel(1, 1, Bytes.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private Key key() {
        byte[] material = new byte[random.nextInt(65)];
        random.nextBytes(material);
        return material.length == 0 ? Key.EMPTY : Key.of(material);
    }

    private IpAddress address(Family family) {
        byte[] bytes = new byte[family.bytes()];
        random.nextBytes(bytes);
        return IpAddress.of(bytes);
    }

    private Direction direction() {
        return pick(List.of(Direction.IN, Direction.OUT, Direction.FWD));
    }

    private Family family() {
        return oneIn(2) ? Family.INET : Family.INET6;
    }

    private OptionalInt number() {
        return oneIn(2) ? OptionalInt.of(random.nextInt()) : OptionalInt.empty();
    }

    private <T> Optional<T> sometimes(Supplier<T> make) {
        return oneIn(2) ? Optional.of(make.get()) : Optional.empty();
    }

    private boolean oneIn(int count) {
        return random.nextInt(count) == 0;
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
