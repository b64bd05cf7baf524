package org.xfrmctl.netlink.route;

/**
 * The route that a packet takes.
 *
 * @param link the link that it leaves by
 * @param mtu the greatest packet that goes this way, as far as is known
 * @param origin who says so
 */
public record PacketRoute(Route route, Link link, int mtu, Origin origin) {
    /** What decides how long packets may be. */
    public enum Origin {
        /** A router has told that its next link takes no more; for a while (10 minutes, by default). */
        LEARNT,
        /** The route itself has an MTU. */
        ROUTE,
        /** IPv6 takes less than the link does: {@code net.ipv6.conf.LINK.mtu}, or a router's advertisement. */
        LINK_IPV6,
        /** Nothing but the link. */
        LINK
    }
}
