package org.xfrmctl.manager.route;

import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.netlink.route.RouteMetrics;

/**
 * A route of ours, wanted or there.
 *
 * @param metric see {@link OtherRoute}
 */
public record ChildRoute(IpPrefix destination, long metric, Leg leg, RouteMetrics metrics) {
    /** As {@code ip route} has it. */
    @Override
    public String toString() {
        String sizes = metrics.toString();
        return destination + " " + leg + (metric == 0 ? "" : " metric " + metric)
                + (sizes.isEmpty() ? "" : " " + sizes);
    }
}
