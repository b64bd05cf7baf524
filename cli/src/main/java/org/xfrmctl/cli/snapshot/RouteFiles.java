package org.xfrmctl.cli.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.cli.render.Json;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.netlink.route.Hop;
import org.xfrmctl.netlink.route.Link;
import org.xfrmctl.netlink.route.LinkAddress;
import org.xfrmctl.netlink.route.Route;
import org.xfrmctl.netlink.route.RouteClient;

/** Links, addresses and routes as JSON. */
final class RouteFiles {
    private RouteFiles() {}

    static List<Map<String, Object>> links(RouteClient client) {
        return client.listLinks().stream().map(RouteFiles::of).toList();
    }

    private static Map<String, Object> of(Link link) {
        return Json.object(
                "ifindex", link.index(),
                "name", link.name(),
                "mtu", link.mtu(),
                "up", link.flags().isUp(),
                "kind", link.kind().name(),
                "if_id",
                        link.kind() instanceof Link.Kind.Xfrm xfrm
                                ? Optional.of(xfrm.ifId().toString())
                                : Optional.empty());
    }

    static List<Map<String, Object>> addresses(RouteClient client) {
        return client.listAddresses().stream().map(RouteFiles::of).toList();
    }

    private static Map<String, Object> of(LinkAddress address) {
        return Json.object(
                "ifindex", address.link(), "address", address.prefix().toString());
    }

    /** Those of all tables and both families. */
    static List<Map<String, Object>> routes(RouteClient client) {
        List<Map<String, Object>> routes = new ArrayList<>();
        for (Family family : List.of(Family.INET, Family.INET6)) {
            client.listRoutes(family).forEach(route -> routes.add(of(route)));
        }
        return routes;
    }

    private static Map<String, Object> of(Route route) {
        Optional<Hop> hop = route.hops().stream().findFirst();
        return Json.object(
                "dst", route.key().destination().toString(),
                "from",
                        route.key().source().length() == 0
                                ? Optional.empty()
                                : Optional.of(route.key().source().toString()),
                "tos",
                        route.key().tos() == 0
                                ? Optional.empty()
                                : Optional.of(route.key().tos()),
                "type", route.kind().type().toString(),
                "table", Integer.toUnsignedLong(route.key().table().id()),
                "metric", Integer.toUnsignedLong(route.key().metric()),
                "via", hop.flatMap(Hop::gateway).map(IpAddress::toString),
                "ifindex", hop.flatMap(each -> number(each.link())),
                "src", route.preferredSource().map(IpAddress::toString),
                "mtu", number(route.metrics().mtu()),
                "hops", route.hops().size());
    }

    private static Optional<Integer> number(OptionalInt value) {
        return value.isPresent() ? Optional.of(value.getAsInt()) : Optional.empty();
    }
}
