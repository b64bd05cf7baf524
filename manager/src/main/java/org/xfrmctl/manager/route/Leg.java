package org.xfrmctl.manager.route;

import java.util.Optional;
import org.xfrmctl.model.IpAddress;

/**
 * Where a route leads.
 *
 * @param onLink whether the gateway is believed to be on the link, though no address of ours says so
 * @param source the address that this host's own packets get
 */
public record Leg(Optional<IpAddress> gateway, String device, boolean onLink, Optional<IpAddress> source) {
    /** As {@code ip route} has it. */
    @Override
    public String toString() {
        return gateway.map(address -> "via " + address + " ").orElse("")
                + "dev " + device
                + (onLink ? " onlink" : "")
                + source.map(address -> " src " + address).orElse("");
    }
}
