package org.xfrmctl.manager.probe;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.manager.mtu.ChildMtu;
import org.xfrmctl.manager.mtu.FlowEnds;
import org.xfrmctl.manager.mtu.FlowMtu;
import org.xfrmctl.manager.mtu.SocketQuestion;
import org.xfrmctl.manager.mtu.Ways;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.PortMatch;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.echo.EchoPath;
import org.xfrmctl.model.mtu.MtuSum;
import org.xfrmctl.netlink.route.RouteQuery;

/** The search on a gateway: through the tunnel of a child, from an address of this host that the child protects. */
public final class TunnelProbe {
    /** Discard (RFC 863): some number must stand there. */
    private static final int ANY_PORT = 9;

    private final DesiredChild child;
    private final ProbingHost host;
    private final ProbeLimits limits;

    public TunnelProbe(DesiredChild child, ProbingHost host, ProbeLimits limits) {
        this.child = child;
        this.host = host;
        this.limits = limits;
    }

    /**
     * Sends, and judges.
     *
     * @throws UnprobeableException if there is nothing to send
     * @throws org.xfrmctl.netlink.NetlinkException if sending is not allowed, or there is no way to the peer
     */
    public ProbeReport run(ProbeEnds ends) {
        XfrmPolicy policy = policy(ends);
        Selector selector = policy.selector();
        IpAddress to = ends.to().orElseGet(() -> selector.destination().address());
        Ways ways = host.ways();
        OtherHost.require(RouteQuery.to(to).marked(policy.mark().masked().value()), ways);
        IpAddress from =
                ends.from().or(() -> FlowEnds.source(policy, to, ways)).orElseThrow(() -> noAddress(policy, to));
        OtherHost.requireOwn(from, ways, "give one that it has and that is in " + selector.source());
        ChildMtu before = ChildMtu.of(child, ways);
        int mtu = flow(before, policy).mtu();
        int small = PathSearch.small(to);
        if (mtu <= small) {
            throw new UnprobeableException(
                    child.name() + " leaves packets " + mtu + " bytes, which is nothing to search in",
                    "see where they go: xfrmctl mtu " + child.name());
        }
        requireProtection(policy, from, to, mtu);
        EchoPath path =
                new EchoPath(Optional.of(from), to, policy.mark().masked().value(), false);
        Soundings soundings;
        try (Sounder sounder = host.open(path)) {
            soundings = new PathSearch(sounder, limits).run(small, sizes(before.sum(), mtu, small));
        }
        ChildMtu after = ChildMtu.of(child, host.ways());
        TunnelJudge judge = new TunnelJudge(policy, to, before, after);
        return new ProbeReport(
                Optional.of(child.name()), Optional.of(from), to, mtu, soundings, judge.judge(soundings, mtu));
    }

    /** Without the child's policy the packets would go in clear, and show what that way takes. */
    private void requireProtection(XfrmPolicy policy, IpAddress from, IpAddress to, int mtu) {
        boolean tells = policy.selector().proto().equals(IpProtocol.ANY)
                && policy.ifId().equals(IfId.NONE);
        int mark = policy.mark().masked().value();
        OptionalInt own = tells ? host.socketMtu(new SocketQuestion(from, 0, to, ANY_PORT, mark)) : OptionalInt.empty();
        if (own.isPresent() && own.getAsInt() > mtu) {
            throw new UnprobeableException(
                    child.name() + " protects nothing now: this host would send packets of " + own.getAsInt()
                            + " bytes to " + to + ", and with the child's states in front " + mtu,
                    "bring it up: xfrmctl up " + child.name());
        }
    }

    private static FlowMtu flow(ChildMtu mtu, XfrmPolicy policy) {
        return mtu.flows().stream()
                .filter(flow -> flow.selector().equals(policy.selector()))
                .findFirst()
                .orElseThrow();
    }

    /** The MTUs that some outer path leaves: between two of them there is nothing to find. */
    private static IntStream sizes(MtuSum sum, int mtu, int small) {
        return IntStream.concat(
                IntStream.rangeClosed(small, sum.path()).map(sum::left).filter(left -> left > small && left < mtu),
                IntStream.of(mtu));
    }

    private XfrmPolicy policy(ProbeEnds ends) {
        List<XfrmPolicy> about = child.policies(Direction.OUT).stream()
                .filter(policy -> isAboutEchoes(policy.selector()))
                .toList();
        if (about.isEmpty()) {
            throw new UnprobeableException(
                    child.name() + " does not protect ping: its selectors are about another protocol, or about ports",
                    "watch its own traffic instead: xfrmctl mtu " + child.name());
        }
        Optional<IpAddress> to = ends.to();
        List<XfrmPolicy> meant =
                about.stream().filter(policy -> meets(policy.selector(), ends)).toList();
        return meant.stream().findFirst().orElseThrow(() -> unmet(about.get(0).selector(), to));
    }

    /** The children whose policies protect echo requests to a host, that one first whose policy the kernel takes. */
    public static List<DesiredChild> leadingTo(IpAddress to, List<DesiredChild> children) {
        return children.stream()
                .filter(child -> precedence(child, to).isPresent())
                .sorted(Comparator.comparingLong(child -> precedence(child, to).orElseThrow()))
                .toList();
    }

    /** The least priority number, which the kernel prefers; of equals the older one, and children are made in their order. */
    private static OptionalLong precedence(DesiredChild child, IpAddress to) {
        return child.policies(Direction.OUT).stream()
                .filter(policy -> isAboutEchoes(policy.selector())
                        && policy.selector().destination().contains(to))
                .mapToLong(policy -> Integer.toUnsignedLong(policy.priority()))
                .min();
    }

    private static boolean isAboutEchoes(Selector selector) {
        IpProtocol icmp = selector.family() == Family.INET6 ? IpProtocol.ICMPV6 : IpProtocol.ICMP;
        return (selector.proto().equals(IpProtocol.ANY) || selector.proto().equals(icmp))
                && selector.sourcePort().equals(PortMatch.ANY)
                && selector.destinationPort().equals(PortMatch.ANY);
    }

    private static boolean meets(Selector selector, ProbeEnds ends) {
        IpPrefix destination = selector.destination();
        boolean single = destination.length() == destination.family().bits();
        return ends.to().map(destination::contains).orElse(single)
                && ends.from().map(selector.source()::contains).orElse(true);
    }

    private UnprobeableException unmet(Selector selector, Optional<IpAddress> to) {
        return to.isEmpty()
                ? new UnprobeableException(
                        "whom to ask? which host in " + selector.destination() + " answers, nobody here knows",
                        "name one with --to HOST: the address of the peer gateway in that network is best, for nothing"
                                + " behind it can be in the way then")
                : new UnprobeableException(
                        child.name() + " does not protect packets to " + to.get() + " from there",
                        "it is about " + selector.source() + " and " + selector.destination());
    }

    private UnprobeableException noAddress(XfrmPolicy policy, IpAddress to) {
        IpPrefix network = policy.selector().source();
        return new UnprobeableException(
                "no address of this host is in " + network + ", so that " + child.name()
                        + " protects nothing that starts here",
                "give it one (ip address add ADDRESS/" + network.family().bits()
                        + " dev lo), or try from a host in that network: xfrmctl mtu probe --to " + to
                        + " --tunnel-mtu N, with N as xfrmctl mtu " + child.name() + " has it");
    }
}
