package org.xfrmctl.bench.speed;

import org.xfrmctl.model.IpAddress;

/** The ends of all tunnels, from the addresses kept for documentation. */
final class Tunnel {
    static final IpAddress HOST = IpAddress.parse("192.0.2.2");
    static final IpAddress GATEWAY = IpAddress.parse("192.0.2.1");

    private Tunnel() {}
}
