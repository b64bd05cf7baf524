package org.xfrmctl.netlink.route;

import java.util.OptionalInt;
import java.util.function.Function;
import org.xfrmctl.model.Family;
import org.xfrmctl.netlink.route.PacketRoute.Origin;

/**
 * A route as the kernel finds it for a packet.
 *
 * @param learnt whether it is what a router has told of the way to one host
 * @param redirected whether that is, or was as well, that another router is nearer
 */
record FoundRoute(Route route, boolean learnt, boolean redirected) {
    /** What a packet's length can say: {@code net/ipv4/route.c, ipv4_mtu()}. */
    private static final int LONGEST_IPV4 = 65_535;
    /** What IPv6 goes by on a link that it knows no MTU of: {@code net/ipv6/route.c, ip6_mtu_from_fib6()}. */
    private static final int LEAST_IPV6 = 1280;

    /**
     * Whether nothing here tells who says the MTU: a redirect has an end as an MTU has that was learnt, and then the route's own
     * stands in its place ({@code net/ipv4/route.c, rt_fill_info()}).
     */
    boolean isAmbiguous() {
        return learnt && redirected && route.metrics().mtu().isPresent();
    }

    /** What is to be believed beside the route that it was made from: an MTU that was learnt is another one, and less. */
    FoundRoute beside(Route table) {
        return new FoundRoute(
                route, !table.metrics().mtu().equals(route.metrics().mtu()), redirected);
    }

    /** With the link that it leaves by, which is asked for. */
    PacketRoute by(Function<Route, CarryingLink> links) {
        CarryingLink carrying = links.apply(route);
        OptionalInt own = route.metrics().mtu();
        if (own.isPresent()) {
            return packetRoute(carrying, own.getAsInt(), learnt ? Origin.LEARNT : Origin.ROUTE);
        }
        int link = carrying.link().mtu();
        int most = route.key().family() == Family.INET6 ? carrying.ipv6Mtu().orElse(LEAST_IPV6) : link;
        return most < link ? packetRoute(carrying, most, Origin.LINK_IPV6) : packetRoute(carrying, link, Origin.LINK);
    }

    private PacketRoute packetRoute(CarryingLink carrying, int mtu, Origin origin) {
        boolean v4 = route.key().family() == Family.INET;
        return new PacketRoute(route, carrying.link(), v4 ? Math.min(mtu, LONGEST_IPV4) : mtu, origin);
    }
}
