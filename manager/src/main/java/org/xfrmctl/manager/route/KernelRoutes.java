package org.xfrmctl.manager.route;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.RawAttribute;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.route.Hop;
import org.xfrmctl.netlink.route.Link;
import org.xfrmctl.netlink.route.Route;
import org.xfrmctl.netlink.route.RouteClient;
import org.xfrmctl.netlink.route.RouteMetrics;
import org.xfrmctl.netlink.route.RouteTable;
import org.xfrmctl.netlink.route.RouteType;
import org.xfrmctl.netlink.uapi.Rta;

/** The routes of a kernel that speaks NETLINK_ROUTE. */
public final class KernelRoutes implements RouteTables {
    /** {@code 1 << RTAX_UNSPEC} */
    private static final int MARK = 1;

    /** IPv6 lists it always, and takes it for granted. */
    private static final RawAttribute PREF_MEDIUM = new RawAttribute(Rta.PREF, Bytes.of((byte) 0));

    private final RouteClient client;

    public KernelRoutes(RouteClient client) {
        this.client = client;
    }

    @Override
    public List<ChildRoute> ours() {
        List<Route> routes = client.listRoutes(Family.UNSPEC, RouteTable.MAIN, PROTOCOL);
        return routes.isEmpty() ? List.of() : ours(routes, names(client.listLinks()));
    }

    @Override
    public RouteMap look() {
        List<Link> links = client.listLinks();
        List<Route> routes = client.listRoutes(Family.UNSPEC, RouteTable.MAIN);
        Map<Integer, String> names = names(links);
        return new RouteMap(
                routes.stream()
                        .filter(route -> !isOurs(route) && isForAll(route))
                        .map(route -> other(route, names))
                        .toList(),
                ours(routes, names),
                links.stream().collect(Collectors.toMap(Link::name, Link::mtu, (before, later) -> later)));
    }

    /** A link that changes during a dump may be in it twice: what it was last is right. */
    private static Map<Integer, String> names(List<Link> links) {
        return links.stream().collect(Collectors.toMap(Link::index, Link::name, (before, later) -> later));
    }

    private static boolean isOurs(Route route) {
        return route.kind().protocol() == PROTOCOL;
    }

    /** Whether it is for packets of any source and any DSCP. */
    private static boolean isForAll(Route route) {
        return route.key().tos() == 0 && route.key().source().length() == 0;
    }

    private static List<ChildRoute> ours(List<Route> routes, Map<Integer, String> names) {
        List<ChildRoute> ours = new ArrayList<>();
        routes.stream()
                .filter(KernelRoutes::isOurs)
                .forEach(route -> leg(route, names)
                        .ifPresent(leg -> ours.add(new ChildRoute(
                                route.key().destination(),
                                Integer.toUnsignedLong(route.key().metric()),
                                leg,
                                route.metrics()))));
        return ours;
    }

    private static OtherRoute other(Route route, Map<Integer, String> names) {
        List<String> uncopied = uncopied(route);
        String description = !route.kind().type().equals(RouteType.UNICAST)
                ? route.kind().type().toString()
                : route.hops().size() > 1
                        ? "several next hops"
                        : uncopied.isEmpty() ? "no device" : "with " + String.join(" and ", uncopied);
        return new OtherRoute(
                route.key().destination(),
                Integer.toUnsignedLong(route.key().metric()),
                leg(route, names).filter(leg -> uncopied.isEmpty()),
                route.metrics(),
                description);
    }

    /** What would be lost or wrong in a copy: a label in front of packets, for one, without which they go elsewhere. */
    private static List<String> uncopied(Route route) {
        return rest(route).stream()
                .map(RawAttribute::number)
                .filter(number -> number != Rta.FLOW && number != Rta.PREF)
                .map(number -> number == Rta.ENCAP_TYPE ? Rta.ENCAP : number)
                .map(Rta.TABLE::name)
                .distinct()
                .toList();
    }

    /** Not the number of its next hop, which is listed beside that itself. */
    private static List<RawAttribute> rest(Route route) {
        return route.other().stream()
                .filter(raw -> raw.number() != Rta.NH_ID && !raw.equals(PREF_MEDIUM))
                .toList();
    }

    private static Optional<Leg> leg(Route route, Map<Integer, String> names) {
        if (!route.kind().type().equals(RouteType.UNICAST) || route.hops().size() != 1) {
            return Optional.empty();
        }
        Hop hop = route.hops().get(0);
        return Optional.ofNullable(names.get(hop.link().orElse(0)))
                .map(device -> new Leg(
                        hop.gateway(), device, (hop.flags() & Hop.ON_LINK) != 0, route.preferredSource(), rest(route)));
    }

    @Override
    public void add(ChildRoute route) {
        client.addRouteBefore(route(route));
    }

    /**
     * Of all IPv4 routes to a destination the kernel deletes the first that has what the request says, and it cannot be told that
     * there is no source address ({@code net/ipv4/fib_trie.c, fib_table_delete()}). So those of ours before this one that
     * would be taken for it are marked meanwhile: packets find a way of ours all the time, and nobody else's route is touched.
     */
    @Override
    public void remove(ChildRoute route) {
        List<ChildRoute> mistaken = route.destination().family() == Family.INET ? mistakenFor(route) : List.of();
        Deque<ChildRoute> marked = new ArrayDeque<>();
        try {
            for (ChildRoute each : mistaken) {
                exchange(each, marked(each));
                marked.push(each);
            }
            delete(route);
        } finally {
            marked.forEach(each -> exchange(marked(each), each));
        }
    }

    private List<ChildRoute> mistakenFor(ChildRoute route) {
        return ours().stream()
                .takeWhile(each -> !each.equals(route))
                .filter(each -> each.destination().equals(route.destination())
                        && each.metric() == route.metric()
                        && each.leg().device().equals(route.leg().device())
                        && each.leg().gateway().equals(route.leg().gateway())
                        && isLike(each.metrics(), route.metrics()))
                .toList();
    }

    /** Takes too many to be like, if any: some metrics are names, which cannot be denied. */
    private static boolean isLike(RouteMetrics one, RouteMetrics other) {
        return one.mtu().equals(other.mtu()) && one.advmss().equals(other.advmss()) && one.locks() == other.locks();
    }

    /** In a lock of no metric, which means nothing to the kernel, and which no other route has. */
    private static ChildRoute marked(ChildRoute route) {
        RouteMetrics metrics = route.metrics();
        return new ChildRoute(
                route.destination(),
                route.metric(),
                route.leg(),
                new RouteMetrics(metrics.mtu(), metrics.advmss(), metrics.locks() ^ MARK, metrics.other()));
    }

    private void exchange(ChildRoute from, ChildRoute to) {
        add(to);
        delete(from);
    }

    /** With a link its routes have gone. */
    private void delete(ChildRoute route) {
        try {
            client.findLink(route.leg().device())
                    .map(link -> route(route, link.index()))
                    .ifPresent(plain ->
                            client.deleteRoute(plain.withMetrics(plain.metrics().withZeros())));
        } catch (NetlinkException e) {
            if (!e.is(Errno.ESRCH)) {
                throw e;
            }
        }
    }

    /**
     * IPv6 has one route for a destination and a metric; of IPv4's with one metric {@code NLM_F_REPLACE} would take the first,
     * whose ever that is. So there the new one comes before the old one first.
     */
    @Override
    public void replace(ChildRoute from, ChildRoute to) {
        if (to.destination().family() == Family.INET6 && from.metric() == to.metric()) {
            client.replaceRoute(route(to));
        } else {
            add(to);
            remove(from);
        }
    }

    private Route route(ChildRoute route) {
        int device = client.findLink(route.leg().device())
                .orElseThrow(() -> new IllegalStateException(
                        "interface " + route.leg().device() + " has gone meanwhile; run this again"))
                .index();
        return route(route, device);
    }

    private static Route route(ChildRoute route, int device) {
        Leg leg = route.leg();
        Hop hop = leg.gateway().map(gateway -> Hop.via(gateway, device)).orElseGet(() -> Hop.on(device));
        Route plain = Route.through(route.destination(), leg.onLink() ? hop.onLink() : hop)
                .withProtocol(PROTOCOL)
                .withMetric((int) route.metric())
                .withMetrics(route.metrics())
                .withOther(leg.other());
        return leg.source().map(plain::withPreferredSource).orElse(plain);
    }
}
