package org.xfrmctl.datapath.host;

import java.util.Optional;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.netlink.route.RouteMetrics;

/**
 * A route: where packets for a prefix go.
 *
 * @param via the router; empty if the destination is on the link itself
 * @param source the source address of packets that start here
 * @param metric of routes to one destination the least wins
 * @param protocol who made it ({@code rtm_protocol}); 0 says nothing
 */
public record Route(
        IpPrefix destination,
        Optional<IpAddress> via,
        NetworkInterface device,
        IpAddress source,
        RouteMetrics metrics,
        int metric,
        int protocol) {
    static final int UNSAID = 0;

    /** With nothing more to say. */
    Route(IpPrefix destination, Optional<IpAddress> via, NetworkInterface device, IpAddress source) {
        this(destination, via, device, source, RouteMetrics.NONE, 0, UNSAID);
    }

    IpAddress nextHop(IpAddress address) {
        return via.orElse(address);
    }

    /** How long packets may be that take it, but for what routers have told. */
    int mtu() {
        return metrics.mtu().orElse(device.link().mtu());
    }
}
