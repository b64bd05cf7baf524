package org.xfrmctl.netlink.route;

import java.util.OptionalInt;
import java.util.function.Function;
import org.xfrmctl.model.Family;
import org.xfrmctl.netlink.route.PacketRoute.Origin;

/** A route as the kernel finds it for a packet; {@code learnt} if it is what a router has told of the way to one host. */
record FoundRoute(Route route, boolean learnt) {

    /** With the link that it leaves by, which is asked for. */
    PacketRoute by(Function<Route, CarryingLink> links) {
        CarryingLink carrying = links.apply(route);
        OptionalInt own = route.metrics().mtu();
        if (own.isPresent()) {
            return packetRoute(carrying, own.getAsInt(), learnt ? Origin.LEARNT : Origin.ROUTE);
        }
        int link = carrying.link().mtu();
        OptionalInt ipv6 = route.key().family() == Family.INET6 ? carrying.ipv6Mtu() : OptionalInt.empty();
        return ipv6.isPresent() && ipv6.getAsInt() < link
                ? packetRoute(carrying, ipv6.getAsInt(), Origin.LINK_IPV6)
                : packetRoute(carrying, link, Origin.LINK);
    }

    private PacketRoute packetRoute(CarryingLink carrying, int mtu, Origin origin) {
        return new PacketRoute(route, carrying.link(), mtu, origin);
    }
}
