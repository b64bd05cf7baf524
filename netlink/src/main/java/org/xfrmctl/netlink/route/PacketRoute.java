package org.xfrmctl.netlink.route;

/**
 * The route that a packet takes.
 *
 * @param mtu the greatest packet that goes this way, as far as is known: what path MTU discovery has found, else the
 *     route's own, else the link's
 */
public record PacketRoute(Route route, int mtu) {}
