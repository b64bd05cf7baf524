package org.xfrmctl.manager.route;

import java.util.OptionalInt;
import org.xfrmctl.manager.journal.AskedRoute;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.netlink.route.RouteMetrics;

/**
 * A route of ours, wanted or there.
 *
 * @param metric see {@link OtherRoute}
 */
public record ChildRoute(IpPrefix destination, long metric, Leg leg, RouteMetrics metrics) {
    /** With the lesser sizes of this and another; one that says none is there to have none. */
    ChildRoute sharedWith(OptionalInt mtu, OptionalInt advmss) {
        return metrics.mtu().isEmpty() && metrics.advmss().isEmpty()
                ? this
                : withSizes(Need.lesser(metrics.mtu(), mtu), Need.lesser(metrics.advmss(), advmss));
    }

    /** The same way with these sizes. */
    ChildRoute withSizes(OptionalInt mtu, OptionalInt advmss) {
        return new ChildRoute(
                destination, metric, leg, new RouteMetrics(mtu, advmss, metrics.locks(), metrics.other()));
    }

    /** What is asked for by it. */
    AskedRoute asked() {
        return new AskedRoute(destination, metrics.mtu(), metrics.advmss());
    }

    /** As {@code ip route} has it. */
    @Override
    public String toString() {
        String sizes = metrics.toString();
        return destination + " " + leg + (metric == 0 ? "" : " metric " + metric)
                + (sizes.isEmpty() ? "" : " " + sizes);
    }
}
