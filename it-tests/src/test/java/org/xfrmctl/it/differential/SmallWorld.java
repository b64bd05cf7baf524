package org.xfrmctl.it.differential;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.ExtraFlag;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.LifetimeLimits.Limit;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.NatTraversal;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.PolicyFlags;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.PortMatch;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateExtras;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.StateFlags;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/** States and policies between few addresses, with few SPIs, marks and the like: most that are asked for exist already. */
final class SmallWorld {
    private static final List<IpAddress> V4 = List.of(IpAddress.parse("192.0.2.1"), IpAddress.parse("192.0.2.2"));
    private static final List<IpAddress> V6 = List.of(IpAddress.parse("2001:db8::1"), IpAddress.parse("2001:db8::2"));
    /** Far from those that a kernel gives by itself. */
    private static final int FIRST_INDEX = 0x100000;

    private final Random random;

    SmallWorld(Random random) {
        this.random = random;
    }

    static int index(int number, Direction direction) {
        return FIRST_INDEX + 8 * number + direction.number();
    }

    IpProtocol protocol() {
        return pick(IpProtocol.ESP, IpProtocol.ESP, IpProtocol.ESP, IpProtocol.AH, IpProtocol.COMP, IpProtocol.COMP);
    }

    Spi spi(IpProtocol protocol) {
        return new Spi(protocol.equals(IpProtocol.COMP) ? 0x100 + random.nextInt(2) : 0x1001 + random.nextInt(3));
    }

    Mark mark() {
        return oneIn(4) ? pick(new Mark(1, 0xff), new Mark(0x101, 0xff), new Mark(2, 3)) : Mark.NONE;
    }

    private Family family() {
        return oneIn(3) ? Family.INET6 : Family.INET;
    }

    private IpAddress address(Family family) {
        return pick(family == Family.INET ? V4 : V6);
    }

    XfrmState state() {
        Family family = family();
        IpProtocol protocol = protocol();
        boolean esn = !protocol.equals(IpProtocol.COMP) && oneIn(4);
        StateFlags flags = StateFlags.NONE;
        for (StateFlag flag : StateFlag.values()) {
            if (flag == StateFlag.ESN ? esn : oneIn(10)) {
                flags = flags.with(flag);
            }
        }
        if (oneIn(8)) {
            flags = flags.with(pick(ExtraFlag.values()));
        }
        return XfrmState.builder(new SaId(address(family), spi(protocol), protocol), address(family))
                .selector(oneIn(3) ? selector(oneIn(5) ? family() : family) : Selector.any(family))
                .mode(mode())
                .reqid(new Reqid(random.nextInt(3)))
                .seq(oneIn(4) ? random.nextInt(3) : 0)
                .flags(flags)
                .algorithms(algorithms(protocol))
                .replay(esn ? extended() : new ReplayState.Basic(pick(0, 0, 4, 32, 64), 0, 0, 0))
                .limits(limits())
                .mark(mark())
                .ifId(new IfId(oneIn(4) ? random.nextInt(3) : 0))
                .options(options(protocol, family))
                .build();
    }

    private Mode mode() {
        return oneIn(12) ? pick(Mode.BEET, Mode.ROUTE_OPTIMIZATION) : pick(Mode.TRANSPORT, Mode.TUNNEL, Mode.TUNNEL);
    }

    private ReplayState extended() {
        int words = 1 + random.nextInt(4);
        return new ReplayState.Extended(
                oneIn(10) ? 33 * words : 1 + random.nextInt(32 * words), 0, 0, Collections.nCopies(words, 0));
    }

    private List<Algorithm> algorithms(IpProtocol protocol) {
        if (protocol.equals(IpProtocol.COMP)) {
            return List.of(Algorithm.Compression.DEFLATE);
        }
        if (protocol.equals(IpProtocol.AH)) {
            return List.of(authentication());
        }
        if (oneIn(2)) {
            return List.of(new Algorithm.Aead("rfc4106(gcm(aes))", key(pick(20, 20, 28, 36, 19)), pick(64, 96, 128)));
        }
        List<Algorithm> both = new ArrayList<>();
        both.add(pick(
                new Algorithm.Encryption("cbc(aes)", key(pick(16, 24, 32, 16, 15))),
                new Algorithm.Encryption("aes", key(16)),
                new Algorithm.Encryption("ecb(cipher_null)", Key.EMPTY),
                new Algorithm.Encryption("cipher_null", Key.EMPTY),
                new Algorithm.Encryption("rfc3686(ctr(aes))", key(20))));
        if (!oneIn(6)) {
            both.add(authentication());
        }
        return both;
    }

    private Algorithm authentication() {
        return pick(
                new Algorithm.Authentication("hmac(sha256)", key(32), pick(0, 96, 128, 256, 257)),
                new Algorithm.Authentication("sha1", key(20), pick(0, 96, 160)),
                new Algorithm.Authentication("hmac(sha512)", key(64), pick(0, 256)),
                new Algorithm.Authentication("hmac(md5)", key(16), 96));
    }

    private static Key key(int length) {
        byte[] material = new byte[length];
        Arrays.fill(material, (byte) 0x5a);
        return Key.of(material);
    }

    /** No time is so short that it would run out. */
    private LifetimeLimits limits() {
        return oneIn(4)
                ? new LifetimeLimits(
                        new Limit(1000 + random.nextInt(9), 2000),
                        new Limit(random.nextInt(9), 90),
                        new Limit(0, pick(0L, 5000L)),
                        new Limit(0, pick(0L, 5000L)))
                : LifetimeLimits.UNLIMITED;
    }

    private StateOptions options(IpProtocol protocol, Family family) {
        StateOptions options = StateOptions.NONE;
        if (oneIn(8)) {
            Encap encap = new Encap(pick(2, 2, 2, 1, 7), 4500, 4500, IpAddress.any(family));
            options = options.withNatTraversal(new NatTraversal(Optional.of(encap), 0, oneIn(3) ? 7 : 0));
        }
        if (oneIn(8)) {
            options = options.withOutputMark(Optional.of(new Mark(random.nextInt(4), pick(0, 3, -1))));
        }
        if (protocol.equals(IpProtocol.ESP) && oneIn(8)) {
            options = options.withExtras(new StateExtras(Optional.empty(), 64, OptionalLong.empty(), Optional.empty()));
        }
        return options;
    }

    private Selector selector(Family family) {
        int bits = family.bits();
        return new Selector(
                new IpPrefix(address(family), pick(0, bits / 2, bits)),
                new IpPrefix(address(family), pick(0, bits / 2, bits)),
                new IpProtocol(pick(0, 0, 6, 17)),
                oneIn(4) ? new PortMatch(80, 0xffff) : PortMatch.ANY,
                oneIn(4) ? new PortMatch(80, 0xff00) : PortMatch.ANY,
                Selector.Binding.NONE);
    }

    XfrmPolicy policy() {
        Family family = family();
        Direction direction = pick(Direction.IN, Direction.OUT, Direction.OUT, Direction.FWD);
        return XfrmPolicy.builder(selector(family), direction)
                .action(oneIn(5) ? PolicyAction.BLOCK : PolicyAction.ALLOW)
                .priority(random.nextInt(3))
                .templates(templates(family))
                .index(oneIn(6) ? index(random.nextInt(3), oneIn(5) ? Direction.IN : direction) : 0)
                .flags(new PolicyFlags(oneIn(5) ? random.nextInt(8) : 0))
                .share(oneIn(9) ? random.nextInt(5) : 0)
                .type(oneIn(6) ? Optional.of(PolicyType.SUB) : Optional.empty())
                .limits(limits())
                .mark(mark())
                .ifId(new IfId(oneIn(4) ? random.nextInt(3) : 0))
                .build();
    }

    private List<Template> templates(Family family) {
        List<Template> templates = new ArrayList<>();
        for (int i = pick(0, 1, 1, 1, 2, 7); i > 0; i--) {
            Family outer = oneIn(5) ? family() : family;
            templates.add(new Template(
                    new SaId(address(outer), oneIn(4) ? spi(IpProtocol.ESP) : Spi.NONE, protocol()),
                    address(outer),
                    new Reqid(random.nextInt(3)),
                    oneIn(8) ? new Mode(random.nextInt(7)) : pick(Mode.TRANSPORT, Mode.TUNNEL),
                    oneIn(4) ? Level.USE : Level.REQUIRED,
                    new Template.AlgorithmMasks(-1, oneIn(5) ? 6 : -1, -1),
                    oneIn(5) ? 1 : 0));
        }
        return templates;
    }

    private boolean oneIn(int count) {
        return random.nextInt(count) == 0;
    }

    @SafeVarargs
    private <T> T pick(T... values) {
        return values[random.nextInt(values.length)];
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
