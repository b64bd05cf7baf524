package org.xfrmctl.cli.lab;

import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;

/** A route by way of a neighbour on one of the host's links; {@code 0.0.0.0/0} and {@code ::/0} are default routes. */
public record LabRouteSpec(IpPrefix destination, IpAddress via) {
    public LabRouteSpec {
        if (destination.family() != via.family()) {
            throw new IllegalArgumentException("the route to " + destination + " is by way of " + via);
        }
    }
}
