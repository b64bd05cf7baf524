package org.xfrmctl.manager.mtu;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.definition.SizeOptions.Mss;
import org.xfrmctl.model.mtu.Layer;

/** What one should know about a child's MTU, in sentences: what it means, and what will go wrong. */
public final class MtuNotes {
    /** RFC 8200, section 5. */
    private static final int LEAST_IPV6 = 1280;
    /** RFC 791, section 3.1: what every host takes. */
    private static final int LEAST_IPV4 = 576;
    /** {@code net.ipv4.route.min_pmtu} as it comes. */
    private static final int LEAST_LEARNT = 552;

    private static final int TIMESTAMPS = 12;

    /** RFC 2784, and RFC 2890. */
    private static final int GRE_HEADER = 4;

    private static final int GRE_KEY = 4;

    private MtuNotes() {}

    /** What the numbers mean. */
    public static List<String> notes(ChildMtu child) {
        List<String> notes = new ArrayList<>();
        if (child.isNothingLeft()) {
            return notes;
        }
        child.sum().layers().stream()
                .filter(Layer::isAligned)
                .mapToInt(Layer::block)
                .max()
                .ifPresent(block -> notes.add("ESP's payload with its trailer fills blocks of " + block
                        + " bytes: every path from " + child.sum().leastPath() + " to "
                        + child.sum().mostPath() + " leaves " + child.sum().left() + "."));
        if (child.sum().layers().stream()
                .anyMatch(layer -> layer.state().id().protocol().equals(IpProtocol.COMP))) {
            notes.add(
                    "This is for packets that compression makes no smaller, as the kernel has it: they go without IPComp's"
                            + " 4 bytes.");
        }
        OptionalInt padding = child.padding();
        if (padding.isPresent()) {
            notes.add("tfc_padding: shorter packets are filled up to " + padding.getAsInt() + " bytes.");
        }
        if (isFragmentable(child)) {
            notes.add(
                    "copy_df: no: outer packets have no DF, so that routers fragment what is longer than their link, and no"
                            + " lesser MTU is learnt.");
        }
        child.flows().stream()
                .flatMapToInt(flow -> flow.mss().stream())
                .min()
                .ifPresent(mss -> notes.add("TCP options come out of the MSS: with timestamps (" + TIMESTAMPS
                        + " bytes) a segment carries " + Math.max(0, mss - TIMESTAMPS) + "."));
        mss(child).ifPresent(notes::add);
        child.flows().stream()
                .flatMap(flow -> wrapping(flow).stream())
                .distinct()
                .forEach(notes::add);
        return notes;
    }

    /** Of the family that is told the least. */
    private static Optional<String> mss(ChildMtu child) {
        Mss option = child.sizes().mss();
        OptionalInt left =
                child.flows().stream().flatMapToInt(flow -> flow.mss().stream()).min();
        if (option.equals(Mss.none()) || left.isEmpty()) {
            return Optional.empty();
        }
        int announced = option instanceof Mss.Fixed fixed ? fixed.bytes() : left.getAsInt();
        return Optional.of("mss: " + option + ": TCP of this host announces " + announced
                + " (advmss of its route); what passes through is clamped to that by \"xfrmctl firewall\".");
    }

    /** An interface that wraps its packets takes them shorter by what it puts in front of them. */
    private static Optional<String> wrapping(FlowMtu flow) {
        IpProtocol protocol = flow.selector().proto();
        int ip = flow.ipHeader();
        if (protocol.equals(IpProtocol.GRE)) {
            return Optional.of("This is the longest packet with its GRE header: the gre interface's MTU is "
                    + (ip + GRE_HEADER) + " less, with a key " + (ip + GRE_HEADER + GRE_KEY) + ".");
        }
        return protocol.equals(IpProtocol.IPIP)
                ? Optional.of("This is the longest packet with its outer IP header: the ipip interface's MTU is " + ip
                        + " less.")
                : Optional.empty();
    }

    private static boolean isFragmentable(ChildMtu child) {
        return child.peer().family() == Family.INET
                && child.sum().layers().stream()
                        .map(Layer::state)
                        .anyMatch(state -> state.mode().equals(Mode.TUNNEL)
                                && state.flags().has(StateFlag.NOPMTUDISC));
    }

    /** What will go wrong, or has. */
    public static List<String> warnings(ChildMtu child) {
        List<String> warnings = new ArrayList<>();
        Way way = child.way();
        if (way.isNarrowed()) {
            warnings.add("the way to " + child.peer() + " takes " + way.mtu() + " bytes, less than the "
                    + way.link().orElseThrow().mtu() + " of "
                    + way.link().orElseThrow().name() + " (" + way + ")");
        }
        child.flows().stream()
                .flatMap(flow -> flow.unrouted().stream())
                .distinct()
                .forEach(to -> warnings.add("no route in clear to " + to + ": nothing is sent there"));
        child.sizes().mtu().stream()
                .filter(mtu -> mtu > child.sum().left())
                .forEach(mtu -> warnings.add("mtu: " + mtu + " takes no effect, for no more than "
                        + child.sum().left() + " bytes are left: mtu can only lower that"));
        if (child.sizes().mss() instanceof Mss.Fixed fixed) {
            child.flows().stream().flatMapToInt(flow -> flow.mss().stream()).min().stream()
                    .filter(mss -> fixed.bytes() > mss)
                    .forEach(mss -> warnings.add("mss: " + fixed + " is more than the " + mss
                            + " that are left: segments of that length do not pass in one piece"));
        }
        if (child.isNothingLeft()) {
            warnings.add("nothing is left for packets, not even for more than an IP header: it takes a path of "
                    + child.sum().pathFor(LEAST_IPV4) + " to leave " + LEAST_IPV4);
            return warnings;
        }
        least(child, Family.INET6).ifPresent(mtu -> ipv6(child, mtu, warnings));
        least(child, Family.INET).ifPresent(mtu -> ipv4(mtu, warnings));
        return warnings;
    }

    private static OptionalInt least(ChildMtu child, Family family) {
        return child.flows().stream()
                .filter(flow -> flow.family() == family)
                .mapToInt(FlowMtu::mtu)
                .min();
    }

    private static void ipv6(ChildMtu child, int mtu, List<String> warnings) {
        if (mtu < LEAST_IPV6) {
            warnings.add("IPv6 needs an MTU of " + LEAST_IPV6 + " (RFC 8200, section 5), and here are " + mtu
                    + ": hosts do not go below, so that their packets of " + (mtu + 1) + " to " + LEAST_IPV6
                    + " bytes are refused for ever; it takes a path of "
                    + child.sum().pathFor(LEAST_IPV6));
        }
    }

    private static void ipv4(int mtu, List<String> warnings) {
        if (mtu < LEAST_LEARNT) {
            warnings.add("IPv4 gets an MTU of " + mtu + ": Linux hosts do not follow a router below " + LEAST_LEARNT
                    + " (net.ipv4.route.min_pmtu), but clear DF and have their packets fragmented");
        } else if (mtu < LEAST_IPV4) {
            warnings.add("IPv4 gets an MTU of " + mtu + ", less than the " + LEAST_IPV4
                    + " bytes that every host takes (RFC 791, section 3.1)");
        }
    }
}
