package org.xfrmctl.manager.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.xfrmctl.manager.mtu.SocketQuestion;
import org.xfrmctl.manager.mtu.Way;
import org.xfrmctl.manager.mtu.Ways;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.echo.EchoPath;
import org.xfrmctl.netlink.route.RouteQuery;

/** The search on any host: from the MTU of its own link down. */
public final class HostProbe {
    /** Discard (RFC 863): some number must stand there. */
    private static final int ANY_PORT = 9;

    private final ProbingHost host;
    private final ProbeLimits limits;

    public HostProbe(ProbingHost host, ProbeLimits limits) {
        this.host = host;
        this.limits = limits;
    }

    /**
     * Sends, and judges.
     *
     * @param tunnel what the gateway says that its tunnel takes
     * @throws UnprobeableException if there is nothing to send
     * @throws org.xfrmctl.netlink.NetlinkException if sending is not allowed
     */
    public ProbeReport run(ProbeEnds ends, OptionalInt tunnel) {
        IpAddress to = ends.to()
                .orElseThrow(() -> new UnprobeableException(
                        "whom to ask?", "name a host behind the tunnel with --to HOST, or a child of this host"));
        Ways ways = host.ways();
        RouteQuery query = RouteQuery.to(to);
        RouteQuery asked = ends.from().map(query::from).orElse(query);
        OtherHost.require(query, ways);
        ends.from().ifPresent(from -> OtherHost.requireOwn(from, ways, "give one that it has, or leave --from out"));
        Way way = ways.inner(asked)
                .way()
                .orElseThrow(
                        () -> new UnprobeableException("there is no route to " + to, "add one, or name another host"));
        OptionalInt own = socketMtu(ends.from().or(() -> ways.source(query)), to);
        boolean protects = own.isPresent() && own.getAsInt() < way.mtu();
        // What was learnt before would hide whether somebody still says so.
        boolean untaught = !protects && way.origin() == Way.Origin.LEARNT;
        int top = protects
                ? own.getAsInt()
                : untaught ? way.link().map(Way.Carrier::mtu).orElse(way.mtu()) : way.mtu();
        int small = PathSearch.small(to);
        if (top <= small) {
            throw new UnprobeableException(
                    "packets to " + to + " may have " + top + " bytes, which is nothing to search in",
                    "look at the route: ip route get " + to);
        }
        Soundings soundings;
        try (Sounder sounder = host.open(new EchoPath(ends.from(), to, 0, untaught))) {
            soundings =
                    new PathSearch(sounder, limits, hints(tunnel)).run(small, IntStream.rangeClosed(small + 1, top));
        }
        List<String> known = new ArrayList<>();
        if (protects) {
            known.add("this host itself protects what goes there, and so takes no more than " + top
                    + ": give the child's name as well");
        }
        if (untaught) {
            known.add("this host knew of a path of " + way.mtu() + " already, and has overlooked that");
        }
        HostJudge judge = new HostJudge(to, top, tunnel, known);
        return new ProbeReport(Optional.empty(), ends.from(), to, top, soundings, judge.judge(soundings));
    }

    /** If the gateway is right, that much passes, and a byte more does not. */
    private static List<Integer> hints(OptionalInt tunnel) {
        return tunnel.isPresent() ? List.of(tunnel.getAsInt(), tunnel.getAsInt() + 1) : List.of();
    }

    private OptionalInt socketMtu(Optional<IpAddress> from, IpAddress to) {
        return from.map(source -> host.socketMtu(new SocketQuestion(source, 0, to, ANY_PORT, 0)))
                .orElse(OptionalInt.empty());
    }
}
