package org.xfrmctl.it.differential;

import java.nio.charset.StandardCharsets;
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
    private static final List<IpAddress> V4 = List.of(Subject.LOCAL_V4, IpAddress.parse("192.0.2.2"));
    private static final List<IpAddress> V6 = List.of(Subject.LOCAL_V6, IpAddress.parse("2001:db8::2"));
    /** Far from those that a kernel gives by itself. */
    private static final int FIRST_INDEX = 0x40000000;

    private static final String COUNTER_MODE = "rfc3686(ctr(aes))";
    /** Three different parts, or the key were a weak one. */
    private static final byte[] TRIPLE = "three parts of 8 bytes!!".getBytes(StandardCharsets.US_ASCII);
    /** Of so many states the last ones are remembered. */
    private static final int REMEMBERED = 6;

    private final Random random;
    private final List<XfrmState> remembered = new ArrayList<>();
    private boolean counting;

    SmallWorld(Random random) {
        this.random = random;
    }

    /** Whether one of the states so far is in counter mode. */
    boolean isCounting() {
        return counting;
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
        return oneIn(8) ? pick(new Mark(1, 0xff), new Mark(0x101, 0xff), new Mark(2, 3)) : Mark.NONE;
    }

    private Family family() {
        return oneIn(3) ? Family.INET6 : Family.INET;
    }

    private IpAddress address(Family family) {
        return pick(family == Family.INET ? V4 : V6);
    }

    /** From one host to the other. */
    private List<IpAddress> ends(Family family) {
        List<IpAddress> both = family == Family.INET ? V4 : V6;
        return random.nextBoolean() ? both : List.of(both.get(1), both.get(0));
    }

    XfrmState state() {
        Family family = family();
        IpProtocol protocol = protocol();
        List<IpAddress> ends = ends(family);
        boolean out = ends.get(0).equals(Subject.local(family));
        Mode mode = mode(protocol, out && family == Family.INET);
        boolean esn = !protocol.equals(IpProtocol.COMP) && oneIn(4);
        StateFlags flags = StateFlags.NONE;
        for (StateFlag flag : StateFlag.values()) {
            // Linux asks the policy a second time about ICMP through a state with that flag, by what is quoted in it.
            if (flag == StateFlag.ESN ? esn : flag != StateFlag.ICMP && oneIn(14)) {
                flags = flags.with(flag);
            }
        }
        if (oneIn(8)) {
            flags = flags.with(pick(ExtraFlag.values()));
        }
        return XfrmState.builder(new SaId(ends.get(1), spi(protocol), protocol), ends.get(0))
                .selector(selector(mode, family, ends))
                .mode(mode)
                .reqid(new Reqid(random.nextInt(3)))
                .seq(oneIn(4) ? random.nextInt(3) : 0)
                .flags(flags)
                .algorithms(algorithms(protocol, out))
                .replay(esn ? extended() : new ReplayState.Basic(pick(0, 0, 4, 32, 64), 0, 0, 0))
                .limits(limits())
                .mark(mark())
                .ifId(new IfId(oneIn(8) ? random.nextInt(3) : 0))
                .options(options(protocol, family))
                .build();
    }

    /** In BEET mode it gives the inner packet its addresses. */
    private Selector selector(Mode mode, Family family, List<IpAddress> ends) {
        if (mode.equals(Mode.BEET)) {
            return Selector.between(IpPrefix.host(ends.get(0)), IpPrefix.host(ends.get(1)));
        }
        return oneIn(4) ? selector(oneIn(5) ? family() : family) : Selector.any(family);
    }

    /**
     * No AH in BEET mode: Linux then writes AH over the payload. Nor packets that go out by IPv4 in it: what does not fit,
     * Linux cuts into pieces that are 8 bytes shorter.
     */
    private Mode mode(IpProtocol protocol, boolean outV4) {
        return oneIn(12) && !outV4 && !protocol.equals(IpProtocol.AH)
                ? Mode.BEET
                : pick(Mode.TRANSPORT, Mode.TUNNEL, Mode.TUNNEL);
    }

    /** No windows but powers of two: see RingBitmap, where the userspace kernel does not follow Linux. */
    private ReplayState extended() {
        int window = pick(0, 1, 32, 64, 128, 128, 4096);
        int words = Math.max(1, oneIn(5) ? random.nextInt(6) : (window + 31) / 32);
        return new ReplayState.Extended(window, 0, 0, Collections.nCopies(words, 0));
    }

    /** Without integrity anything might come in, so only what goes {@code out} may lack it. */
    private List<Algorithm> algorithms(IpProtocol protocol, boolean out) {
        if (protocol.equals(IpProtocol.COMP)) {
            return List.of(Algorithm.Compression.DEFLATE);
        }
        if (protocol.equals(IpProtocol.AH)) {
            return List.of(authentication());
        }
        if (oneIn(2)) {
            return List.of(combined());
        }
        List<Algorithm> both = new ArrayList<>();
        both.add(pick(
                new Algorithm.Encryption("cbc(aes)", key(pick(16, 24, 32, 16, 16, 32, 15))),
                new Algorithm.Encryption("aes", key(16)),
                new Algorithm.Encryption("ecb(cipher_null)", Key.EMPTY),
                new Algorithm.Encryption("cipher_null", Key.EMPTY),
                new Algorithm.Encryption("cbc(des3_ede)", Key.of(TRIPLE)),
                new Algorithm.Encryption(COUNTER_MODE, key(20))));
        counting |= both.stream().anyMatch(algorithm -> algorithm.name().equals(COUNTER_MODE));
        if (!out || !oneIn(6)) {
            both.add(authentication());
        }
        return both;
    }

    private Algorithm combined() {
        return pick(
                new Algorithm.Aead("rfc4106(gcm(aes))", key(pick(20, 20, 28, 36, 36, 20, 19)), pick(64, 96, 128)),
                new Algorithm.Aead("rfc4106(gcm(aes))", key(20), 128),
                new Algorithm.Aead("rfc4309(ccm(aes))", key(pick(19, 35)), pick(64, 96, 128)),
                new Algorithm.Aead("rfc4543(gcm(aes))", key(20), 128),
                new Algorithm.Aead("rfc7539esp(chacha20,poly1305)", key(36), 128));
    }

    private Algorithm authentication() {
        return pick(
                new Algorithm.Authentication("hmac(sha256)", key(32), pick(0, 96, 128, 128, 256, 257)),
                new Algorithm.Authentication("sha1", key(20), pick(0, 96, 160)),
                new Algorithm.Authentication("hmac(sha512)", key(64), pick(0, 256)),
                new Algorithm.Authentication("hmac(sha384)", key(48), 192),
                new Algorithm.Authentication("xcbc(aes)", key(16), 96),
                new Algorithm.Authentication("cmac(aes)", key(16), 96),
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
                        new Limit(pick(100, 1000) + random.nextInt(9), pick(300, 2000)),
                        new Limit(random.nextInt(9), pick(2, 5, 90)),
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

    /** The same state comes again in {@link #fitting} policies. */
    XfrmState remember(XfrmState state) {
        remembered.add(state);
        if (remembered.size() > REMEMBERED) {
            remembered.remove(0);
        }
        return state;
    }

    XfrmPolicy policy() {
        return remembered.isEmpty() || oneIn(3) ? anyPolicy() : fitting();
    }

    /** By which packets go through one or two states that were asked for. */
    XfrmPolicy fitting() {
        XfrmState inner = pick(remembered);
        XfrmState outer = pick(remembered);
        List<XfrmState> path = oneIn(4)
                        && !outer.mode().equals(Mode.TUNNEL)
                        && outer.source().equals(inner.source())
                        && outer.id().destination().equals(inner.id().destination())
                ? List.of(inner, outer)
                : List.of(inner);
        boolean out = !V4.get(1).equals(inner.source()) && !V6.get(1).equals(inner.source());
        Direction direction = out ? Direction.OUT : pick(Direction.IN, Direction.IN, Direction.FWD);
        Selector any = inner.selector().family() == Family.UNSPEC
                ? Selector.any(inner.family())
                : oneIn(3) ? inner.selector() : Selector.any(inner.selector().family());
        return XfrmPolicy.builder(any, direction)
                .priority(random.nextInt(3))
                .templates(path.stream().map(this::template).toList())
                .mark(oneIn(4) ? Mark.NONE : inner.mark())
                .ifId(oneIn(4) ? IfId.NONE : inner.ifId())
                .build();
    }

    private Template template(XfrmState state) {
        boolean ends = !state.mode().equals(Mode.TRANSPORT);
        return new Template(
                new SaId(
                        ends ? state.id().destination() : IpAddress.any(state.family()),
                        oneIn(5) ? state.id().spi() : Spi.NONE,
                        state.id().protocol()),
                ends ? state.source() : IpAddress.any(state.family()),
                state.reqid(),
                state.mode(),
                state.id().protocol().equals(IpProtocol.COMP) || oneIn(6) ? Level.USE : Level.REQUIRED,
                Template.AlgorithmMasks.ALL,
                0);
    }

    private XfrmPolicy anyPolicy() {
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
                .ifId(new IfId(oneIn(8) ? random.nextInt(3) : 0))
                .build();
    }

    private List<Template> templates(Family family) {
        List<Template> templates = new ArrayList<>();
        for (int i = pick(0, 1, 1, 1, 2, 7); i > 0; i--) {
            List<IpAddress> ends = ends(oneIn(5) ? family() : family);
            templates.add(new Template(
                    new SaId(ends.get(1), oneIn(4) ? spi(IpProtocol.ESP) : Spi.NONE, protocol()),
                    ends.get(0),
                    new Reqid(random.nextInt(3)),
                    oneIn(8) ? new Mode(pick(0, 1, 3, 4, 5, 6)) : pick(Mode.TRANSPORT, Mode.TUNNEL),
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
