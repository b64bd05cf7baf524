package org.xfrmctl.it.interop;

import java.util.ArrayList;
import java.util.List;
import org.xfrmctl.it.algorithm.Suites;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.NatTraversal;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.StateFlags;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/** One way of protecting packets between the two hosts: the states and policies of both. */
record InteropCase(
        IpProtocol protocol, List<Algorithm> algorithms, Mode mode, Family inner, Family outer, Options options) {
    /** The settings that the page shows of every suite. */
    static final List<String> BASIC = List.of("transport 4in4", "tunnel 4in4 esn", "tunnel 6in6", "beet 6in6");

    private static final Reqid REQID = new Reqid(9);
    private static final int PORT = 4500;
    /** Behind those of {@link RealEnd} that let things pass. */
    private static final int PRIORITY = 100;

    static final String OK = "ok";
    /** Both kernels refuse the states or policies with the same errno and text, which follow. */
    static final String REFUSED = "refused: ";
    /** Both kernels take the states and policies, and no echo is answered. */
    static final String BROKEN = "nothing passes";

    /** What may be chosen beside algorithms and mode. */
    record Options(boolean ipcomp, boolean esn, boolean udp) {
        static List<Options> all() {
            List<Options> all = new ArrayList<>();
            for (int bits = 0; bits < 8; bits++) {
                all.add(new Options((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0));
            }
            return all;
        }

        @Override
        public String toString() {
            return (ipcomp ? " ipcomp" : "") + (esn ? " esn" : "") + (udp ? " udp" : "");
        }
    }

    /** Every combination, those that Linux refuses too. */
    static List<InteropCase> all() {
        List<InteropCase> cases = new ArrayList<>();
        Suites.esp().forEach(suite -> addSettings(cases, IpProtocol.ESP, suite));
        Suites.hashes().forEach(hash -> addSettings(cases, IpProtocol.AH, List.of(hash)));
        return cases;
    }

    /** The suites of which the page shows every setting; the last is AH's. */
    static List<List<Algorithm>> thorough() {
        return List.of(Suites.gcm(), Suites.cbcWithSha256(), Suites.sha256());
    }

    /** Linux 6.1 takes such states, and then puts AH over the payload. */
    boolean isBroken() {
        return protocol.equals(IpProtocol.AH) && mode.equals(Mode.BEET) && inner == Family.INET && !options.udp();
    }

    /**
     * Whether Linux 6.1 may send a packet of the MTU in two pieces. It aligns what would follow an IPv6 header, and what follows
     * the IPv4 header may take a block more; and {@code ip6_fragment()} takes what IPv4 and ESP left in the packet's control
     * block for the size of fragments that were received.
     */
    boolean isCutAtRandom() {
        return mode.equals(Mode.BEET) && inner == Family.INET && outer == Family.INET6;
    }

    private static void addSettings(List<InteropCase> cases, IpProtocol protocol, List<Algorithm> algorithms) {
        for (Mode mode : List.of(Mode.TRANSPORT, Mode.TUNNEL, Mode.BEET)) {
            for (Family inner : List.of(Family.INET, Family.INET6)) {
                for (Family outer : List.of(Family.INET, Family.INET6)) {
                    for (Options options : Options.all()) {
                        cases.add(new InteropCase(protocol, algorithms, mode, inner, outer, options));
                    }
                }
            }
        }
    }

    /** Without keys. */
    String suite() {
        StringBuilder text = new StringBuilder(protocol.toString());
        for (Algorithm each : algorithms) {
            text.append(' ').append(each.name()).append(' ').append(each.key().bits());
            if (each instanceof Algorithm.Aead aead) {
                text.append('/').append(aead.icvBits());
            } else if (each instanceof Algorithm.Authentication hash) {
                text.append('/').append(hash.truncationBits());
            }
        }
        return text.toString();
    }

    String setting() {
        return mode + " " + digit(inner) + "in" + digit(outer);
    }

    private static char digit(Family family) {
        return family == Family.INET ? '4' : '6';
    }

    @Override
    public String toString() {
        return suite() + ": " + setting() + options;
    }

    /** The states of both directions, which both hosts have, outermost first; toward the userspace host first. */
    List<XfrmState> states() {
        List<XfrmState> states = new ArrayList<>();
        for (boolean away : new boolean[] {true, false}) {
            states.add(protection(away));
            if (options.ipcomp()) {
                states.add(compression(away));
            }
        }
        return states;
    }

    private XfrmState protection(boolean away) {
        boolean around = options.ipcomp() && mode.equals(Mode.TUNNEL);
        XfrmState.Builder state = XfrmState.builder(id(away, protocol, outer, false), source(away, outer, false))
                .mode(around ? Mode.TRANSPORT : mode)
                .reqid(REQID)
                .algorithms(algorithms)
                .replay(new ReplayState.Basic(32, 0, 0, 0));
        StateFlags flags = options.esn() ? StateFlags.NONE.with(StateFlag.ESN) : StateFlags.NONE;
        if (!around) {
            state.selector(selector(away));
        } else if (inner != outer) {
            // The flow that asks for it is of one family, and the addresses of the other.
            state.selector(Selector.any(Family.UNSPEC));
            flags = flags.with(StateFlag.AF_UNSPEC);
        }
        state.flags(flags);
        if (options.esn()) {
            // Shortly before the lower half overflows, so that both halves count.
            state.replay(new ReplayState.Extended(32, 0x2_ffff_fffdL, 0x2_ffff_fffdL, List.of(0)));
        }
        if (options.udp()) {
            Encap encap = new Encap(Encap.ESPINUDP, PORT, PORT, IpAddress.any(outer));
            state.options(StateOptions.NONE.withNatTraversal(NatTraversal.of(encap)));
        }
        return state.build();
    }

    /** In a tunnel compression is the tunnel; BEET has it inside, between the inner addresses. */
    private XfrmState compression(boolean away) {
        boolean tunnel = mode.equals(Mode.TUNNEL);
        Family family = tunnel ? outer : inner;
        boolean inside = mode.equals(Mode.BEET);
        return XfrmState.builder(id(away, IpProtocol.COMP, family, inside), source(away, family, inside))
                .mode(tunnel ? Mode.TUNNEL : Mode.TRANSPORT)
                .reqid(REQID)
                .selector(selector(away))
                .algorithms(List.of(Algorithm.Compression.DEFLATE))
                .build();
    }

    /** What the real kernel has; the userspace host has the same two the other way round. */
    List<XfrmPolicy> policies(boolean real) {
        return List.of(
                policy(true, real ? Direction.OUT : Direction.IN), policy(false, real ? Direction.IN : Direction.OUT));
    }

    private XfrmPolicy policy(boolean away, Direction direction) {
        List<Template> templates = new ArrayList<>();
        if (options.ipcomp()) {
            // What did not get smaller comes without.
            Level level = direction == Direction.OUT ? Level.REQUIRED : Level.USE;
            templates.add(template(away, IpProtocol.COMP, mode.equals(Mode.BEET) ? Mode.TRANSPORT : mode, level));
        }
        boolean around = options.ipcomp() && mode.equals(Mode.TUNNEL);
        templates.add(template(away, protocol, around ? Mode.TRANSPORT : mode, Level.REQUIRED));
        return XfrmPolicy.builder(selector(away), direction)
                .priority(PRIORITY)
                .templates(templates)
                .build();
    }

    private Template template(boolean away, IpProtocol what, Mode how, Level level) {
        if (how.equals(Mode.TRANSPORT)) {
            return Template.transport(mode.equals(Mode.TUNNEL) ? outer : inner, what, REQID, level);
        }
        SaId id = new SaId(destination(away, outer, false), Spi.NONE, what);
        return new Template(id, source(away, outer, false), REQID, how, level, Template.AlgorithmMasks.ALL, 0);
    }

    private Selector selector(boolean away) {
        return Selector.between(IpPrefix.host(away ? near() : far()), IpPrefix.host(away ? far() : near()));
    }

    /** Where the real kernel pings from. */
    IpAddress near() {
        return Ends.near(inner, isInside());
    }

    IpAddress far() {
        return Ends.far(inner, isInside());
    }

    private boolean isInside() {
        return !mode.equals(Mode.TRANSPORT);
    }

    private static SaId id(boolean away, IpProtocol protocol, Family family, boolean inside) {
        int base = protocol.equals(IpProtocol.COMP) ? 0x2000 : 0x1000;
        return new SaId(destination(away, family, inside), new Spi(base + (away ? 1 : 2)), protocol);
    }

    private static IpAddress source(boolean away, Family family, boolean inside) {
        return away ? Ends.near(family, inside) : Ends.far(family, inside);
    }

    private static IpAddress destination(boolean away, Family family, boolean inside) {
        return source(!away, family, inside);
    }
}
