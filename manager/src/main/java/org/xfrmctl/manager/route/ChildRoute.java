package org.xfrmctl.manager.route;

import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.netlink.route.RouteMetrics;

/** A route of ours, wanted or there. */
public record ChildRoute(IpPrefix destination, Leg leg, RouteMetrics metrics) {
    /** As {@code ip route} has it. */
    @Override
    public String toString() {
        String sizes = metrics.toString();
        return destination + " " + leg + (sizes.isEmpty() ? "" : " " + sizes);
    }
}
