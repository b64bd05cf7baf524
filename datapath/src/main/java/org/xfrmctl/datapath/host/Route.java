package org.xfrmctl.datapath.host;

import java.util.Optional;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;

/**
 * A route: where packets for a prefix go.
 *
 * @param via the router; empty if the destination is on the link itself
 * @param source the source address of packets that start here
 */
record Route(IpPrefix destination, Optional<IpAddress> via, NetworkInterface device, IpAddress source) {
    IpAddress nextHop(IpAddress address) {
        return via.orElse(address);
    }
}
