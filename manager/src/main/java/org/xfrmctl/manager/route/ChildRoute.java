package org.xfrmctl.manager.route;

import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.netlink.route.RouteMetrics;

/**
 * A route of ours, wanted or there.
 *
 * @param metric see {@link OtherRoute}
 */
public record ChildRoute(IpPrefix destination, long metric, Leg leg, RouteMetrics metrics) {
    /** With the lesser sizes of this and another; one that says none is there to have none. */
    ChildRoute sharedWith(RouteMetrics others) {
        return metrics.mtu().isEmpty() && metrics.advmss().isEmpty()
                ? this
                : new ChildRoute(
                        destination,
                        metric,
                        leg,
                        new RouteMetrics(
                                Need.lesser(metrics.mtu(), others.mtu()),
                                Need.lesser(metrics.advmss(), others.advmss()),
                                metrics.locks(),
                                metrics.other()));
    }

    /** As {@code ip route} has it. */
    @Override
    public String toString() {
        String sizes = metrics.toString();
        return destination + " " + leg + (metric == 0 ? "" : " metric " + metric)
                + (sizes.isEmpty() ? "" : " " + sizes);
    }
}
