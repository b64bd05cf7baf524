package org.xfrmctl.manager.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.xfrmctl.model.Family;
import org.xfrmctl.netlink.route.Hop;
import org.xfrmctl.netlink.route.Link;
import org.xfrmctl.netlink.route.Route;
import org.xfrmctl.netlink.route.RouteClient;
import org.xfrmctl.netlink.route.RouteTable;
import org.xfrmctl.netlink.route.RouteType;

/** The routes of a kernel that speaks NETLINK_ROUTE. */
public final class KernelRoutes implements RouteTables {
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
                links.stream().collect(Collectors.toMap(Link::name, Link::mtu)));
    }

    private static Map<Integer, String> names(List<Link> links) {
        return links.stream().collect(Collectors.toMap(Link::index, Link::name));
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
        String description = !route.kind().type().equals(RouteType.UNICAST)
                ? route.kind().type().toString()
                : route.hops().size() > 1 ? "several next hops" : "no device";
        return new OtherRoute(
                route.key().destination(),
                Integer.toUnsignedLong(route.key().metric()),
                leg(route, names),
                route.metrics(),
                description);
    }

    private static Optional<Leg> leg(Route route, Map<Integer, String> names) {
        if (!route.kind().type().equals(RouteType.UNICAST) || route.hops().size() != 1) {
            return Optional.empty();
        }
        Hop hop = route.hops().get(0);
        return Optional.ofNullable(names.get(hop.link().orElse(0)))
                .map(device ->
                        new Leg(hop.gateway(), device, (hop.flags() & Hop.ON_LINK) != 0, route.preferredSource()));
    }

    @Override
    public void add(ChildRoute route) {
        client.addRouteBefore(route(route));
    }

    @Override
    public void remove(ChildRoute route) {
        client.deleteRoute(route(route));
    }

    /** IPv6 has one route for a destination and a metric; IPv4 would replace the first of them, whose ever that is. */
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
        Leg leg = route.leg();
        int device = client.findLink(leg.device())
                .orElseThrow(() ->
                        new IllegalStateException("interface " + leg.device() + " has gone meanwhile; run this again"))
                .index();
        Hop hop = leg.gateway().map(gateway -> Hop.via(gateway, device)).orElseGet(() -> Hop.on(device));
        Route plain = Route.through(route.destination(), leg.onLink() ? hop.onLink() : hop)
                .withProtocol(PROTOCOL)
                .withMetric((int) route.metric())
                .withMetrics(route.metrics());
        return leg.source().map(plain::withPreferredSource).orElse(plain);
    }
}
