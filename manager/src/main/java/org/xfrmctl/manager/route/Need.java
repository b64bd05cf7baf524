package org.xfrmctl.manager.route;

import java.util.OptionalInt;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.netlink.route.RouteMetrics;

/**
 * A route that a child asks for.
 *
 * @param base the route that packets to the destination take without it
 * @param leg where that leads
 */
record Need(IpPrefix destination, OtherRoute base, Leg leg, OptionalInt mtu, OptionalInt mss) {
    private static final long LAST = 65_535;

    /** The base with what is asked for. */
    ChildRoute route() {
        return with(base.metrics());
    }

    /** Another child's route to the same destination, as both need it: a route does not know for whom it is. */
    ChildRoute with(RouteMetrics others) {
        return new ChildRoute(
                destination,
                metric(),
                leg,
                new RouteMetrics(
                        lesser(others.mtu(), mtu), lesser(others.advmss(), mss), others.locks(), others.other()));
    }

    /**
     * Just enough to be met before the route that it is a copy of. Where that is one to a wider destination, whatever others make
     * for this one comes before ours: it may lead to where packets are protected.
     */
    private long metric() {
        if (!base.destination().equals(destination)) {
            return LAST;
        }
        return destination.family() == Family.INET6 ? base.metric() - 1 : base.metric();
    }

    static OptionalInt lesser(OptionalInt one, OptionalInt other) {
        return one.isPresent() && other.isPresent()
                ? OptionalInt.of(Math.min(one.getAsInt(), other.getAsInt()))
                : one.isPresent() ? one : other;
    }
}
