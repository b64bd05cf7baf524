package org.xfrmctl.manager.route;

import java.util.Optional;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.netlink.route.RouteMetrics;

/**
 * A route of the main table that is not ours.
 *
 * @param metric of routes to one destination the least wins
 * @param leg empty if it leads to no place or to several, or says what is not copied
 * @param description what it is, where it is not to be copied: {@code blackhole}, {@code several next hops}, {@code
 *     with encap}
 */
public record OtherRoute(
        IpPrefix destination, long metric, Optional<Leg> leg, RouteMetrics metrics, String description) {}
