package org.xfrmctl.cli.lab.userspace;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.xfrmctl.datapath.host.Host;
import org.xfrmctl.datapath.host.NetworkInterface;
import org.xfrmctl.datapath.host.Route;
import org.xfrmctl.manager.route.ChildRoute;
import org.xfrmctl.manager.route.Leg;
import org.xfrmctl.manager.route.OtherRoute;
import org.xfrmctl.manager.route.RouteMap;
import org.xfrmctl.manager.route.RouteTables;
import org.xfrmctl.model.IpAddress;

/** The routes of a userspace host, each of which has a source address of its own. */
final class HostRoutes implements RouteTables {
    private final Host host;

    HostRoutes(Host host) {
        this.host = host;
    }

    @Override
    public List<ChildRoute> ours() {
        return host.routes().stream()
                .filter(HostRoutes::isOurs)
                .map(HostRoutes::ours)
                .toList();
    }

    private static boolean isOurs(Route route) {
        return route.protocol() == PROTOCOL;
    }

    private static ChildRoute ours(Route route) {
        return new ChildRoute(route.destination(), route.metric(), leg(route), route.metrics());
    }

    private static Leg leg(Route route) {
        return new Leg(route.via(), route.device().toString(), false, Optional.of(route.source()));
    }

    @Override
    public RouteMap look() {
        return new RouteMap(
                host.routes().stream()
                        .filter(route -> !isOurs(route))
                        .map(route -> new OtherRoute(
                                route.destination().network(),
                                route.metric(),
                                Optional.of(leg(route)),
                                route.metrics(),
                                ""))
                        .toList(),
                ours(),
                host.devices().stream()
                        .collect(Collectors.toMap(
                                NetworkInterface::toString,
                                device -> device.link().mtu())));
    }

    @Override
    public void add(ChildRoute route) {
        host.routeBefore(route(route));
    }

    @Override
    public void remove(ChildRoute route) {
        if (ours().contains(route)) {
            host.removeRoute(route(route));
        }
    }

    @Override
    public void replace(ChildRoute from, ChildRoute to) {
        add(to);
        remove(from);
    }

    private Route route(ChildRoute route) {
        Leg leg = route.leg();
        NetworkInterface device = host.device(leg.device());
        IpAddress source = leg.source()
                .orElseThrow(() -> new IllegalArgumentException(
                        "a route of host " + host.name() + " needs a source address; " + route + " has none"));
        return new Route(
                route.destination(), leg.gateway(), device, source, route.metrics(), (int) route.metric(), PROTOCOL);
    }
}
