package org.xfrmctl.it.route;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xfrmctl.it.contract.PassingTransport;
import org.xfrmctl.it.guest.GuestCommand;
import org.xfrmctl.manager.route.ChildRoute;
import org.xfrmctl.manager.route.KernelRoutes;
import org.xfrmctl.manager.route.Leg;
import org.xfrmctl.manager.route.RouteTables;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.RawAttribute;
import org.xfrmctl.netlink.NetlinkTransport;
import org.xfrmctl.netlink.route.Route;
import org.xfrmctl.netlink.route.RouteClient;
import org.xfrmctl.netlink.route.RouteMetrics;
import org.xfrmctl.netlink.route.RouteTable;
import org.xfrmctl.netlink.sys.AfNetlinkSocket;
import org.xfrmctl.netlink.sys.NetlinkProtocol;
import org.xfrmctl.netlink.uapi.Rta;

/**
 * Runs in the guest: routes of children are replaced and removed beside others of the same key, which the kernel finds by what a
 * request says and no more. Writes for each case what was left, and which routes were met first meanwhile.
 */
final class RouteReplacementProof {
    static final String RESULT = "replaced";

    private static final String ANOTHER = "another's";
    private static final IpPrefix FAR = IpPrefix.parse("10.2.0.0/16");
    private static final IpPrefix FAR6 = IpPrefix.parse("fd02::/64");
    private static final List<String> TOPOLOGY = List.of(
            "ip link set lo up",
            "ip link add wan type dummy",
            "ip address add 192.0.2.1/24 dev wan",
            "ip address add 10.1.0.1/16 dev lo",
            "ip address add 2001:db8::1/64 dev wan nodad",
            "ip link set wan up",
            "ip route add 10.2.0.0/16 via 192.0.2.253",
            "ip route add fd02::/64 via 2001:db8::2");

    private static final Leg WAN = new Leg(via("192.0.2.253"), "wan", false, Optional.empty());
    private static final Leg WITH_SOURCE = new Leg(via("192.0.2.253"), "wan", false, via("10.1.0.1"));
    private static final Leg ON_LINK = new Leg(via("192.0.2.253"), "wan", true, Optional.empty());
    private static final Leg IN_A_REALM = new Leg(
            via("192.0.2.253"),
            "wan",
            false,
            Optional.empty(),
            List.of(new RawAttribute(
                    Rta.FLOW,
                    Bytes.of(ByteBuffer.allocate(Integer.BYTES)
                            .order(ByteOrder.nativeOrder())
                            .putInt(5)
                            .array()))));
    private static final Leg DIRECT = new Leg(Optional.empty(), "wan", false, Optional.empty());
    private static final Leg SIX = new Leg(via("2001:db8::2"), "wan", false, Optional.empty());

    private static final RouteMetrics MTU = RouteMetrics.mtu(1300);
    private static final RouteMetrics BOTH = MTU.withAdvmss(1260);

    /** The lock of no metric, see {@link KernelRoutes}. */
    private static final int MARK = 1;

    /** Two routes that take each other's place. */
    record Pair(ChildRoute one, ChildRoute other) {
        Pair swapped() {
            return new Pair(other, one);
        }

        @Override
        public String toString() {
            return one + " and " + other;
        }
    }

    /** Each is tried both ways. */
    static final List<Pair> PAIRS = List.of(
            pair(WAN, RouteMetrics.NONE, WAN, MTU),
            pair(WAN, MTU, WAN, BOTH),
            pair(WAN, MTU, WAN, RouteMetrics.mtu(1200)),
            pair(WAN, MTU, WAN, RouteMetrics.lockedMtu(1300)),
            pair(WAN, MTU, WITH_SOURCE, MTU),
            pair(WAN, MTU, ON_LINK, MTU),
            pair(WAN, BOTH, WITH_SOURCE, MTU),
            pair(WAN, MTU, IN_A_REALM, MTU),
            pair(DIRECT, MTU, WAN, MTU),
            new Pair(new ChildRoute(FAR6, 1023, SIX, MTU), new ChildRoute(FAR6, 1023, SIX, BOTH)));

    private final RouteClient witness;
    private final RouteTables tables;
    private final Set<String> ways = new LinkedHashSet<>();
    private IpPrefix destination = FAR;

    private RouteReplacementProof(RouteClient witness, NetlinkTransport transport) {
        this.witness = witness;
        this.tables = new KernelRoutes(new RouteClient(new Watched(transport, this::lookAtTheFirst)));
    }

    private static Optional<IpAddress> via(String address) {
        return Optional.of(IpAddress.parse(address));
    }

    private static Pair pair(Leg one, RouteMetrics metrics, Leg other, RouteMetrics others) {
        return new Pair(new ChildRoute(FAR, 0, one, metrics), new ChildRoute(FAR, 0, other, others));
    }

    /** The argument is the directory for the result. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        for (String command : TOPOLOGY) {
            GuestCommand.run(command);
        }
        List<String> lines = new ArrayList<>();
        try (RouteClient witness = new RouteClient(AfNetlinkSocket.open(NetlinkProtocol.ROUTE))) {
            RouteReplacementProof proof =
                    new RouteReplacementProof(witness, AfNetlinkSocket.open(NetlinkProtocol.ROUTE));
            for (Pair pair : PAIRS) {
                proof.replace(pair, lines);
                proof.replace(pair.swapped(), lines);
                // IPv6 has one route with a key.
                if (pair.one().destination().equals(FAR)) {
                    proof.removeOneOfBoth(pair, pair.one(), lines);
                    proof.removeOneOfBoth(pair, pair.other(), lines);
                    proof.removeOneOfBoth(pair.swapped(), pair.one(), lines);
                    proof.removeOneOfBoth(pair.swapped(), pair.other(), lines);
                }
            }
        }
        Files.write(Path.of(arguments[0]).resolve(RESULT), lines);
    }

    private void replace(Pair pair, List<String> lines) {
        tables.add(pair.one());
        begin(pair);
        tables.replace(pair.one(), pair.other());
        end("replace " + pair, lines);
    }

    /** The first of the pair stands behind the second. */
    private void removeOneOfBoth(Pair pair, ChildRoute one, List<String> lines) {
        tables.add(pair.one());
        tables.add(pair.other());
        begin(pair);
        tables.remove(one);
        end("remove " + one + " of " + pair, lines);
    }

    private void begin(Pair pair) {
        destination = pair.one().destination();
        ways.clear();
    }

    private void end(String what, List<String> lines) {
        lookAtTheFirst();
        lines.add(line(what, tables.ours(), ways));
        tables.ours().forEach(tables::remove);
    }

    private static String line(String what, List<ChildRoute> left, Set<String> ways) {
        boolean isOneOfTwo = ways.size() <= 2 && !ways.contains(ANOTHER);
        return what + ": left " + left + (isOneOfTwo ? "" : ", ways " + ways);
    }

    /** What a case is expected to write: one route is left, and no packet met anything but the two meanwhile. */
    static String expected(String what, ChildRoute left) {
        return line(what, List.of(left), Set.of());
    }

    /** The kernel lists them in the order in which it meets them, but for the metric. */
    private void lookAtTheFirst() {
        Route first = witness.listRoutes(destination.family(), RouteTable.MAIN).stream()
                .filter(route -> route.key().destination().equals(destination))
                .findFirst()
                .orElseThrow();
        RouteMetrics metrics = first.metrics();
        // Without the mark of a route that is in another's way.
        RouteMetrics shown =
                new RouteMetrics(metrics.mtu(), metrics.advmss(), metrics.locks() & ~MARK, metrics.other());
        ways.add(
                first.kind().protocol() == RouteTables.PROTOCOL
                        ? first.withMetrics(shown).toString()
                        : ANOTHER);
    }

    /** Has somebody look at the kernel before each request. */
    private static final class Watched extends PassingTransport {
        private final Runnable look;

        Watched(NetlinkTransport transport, Runnable look) {
            super(transport);
            this.look = look;
        }

        @Override
        public void send(ByteBuffer datagram) {
            look.run();
            super.send(datagram);
        }
    }
}
