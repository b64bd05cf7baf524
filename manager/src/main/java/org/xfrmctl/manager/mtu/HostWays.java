package org.xfrmctl.manager.mtu;

import java.util.Optional;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.route.RouteClient;
import org.xfrmctl.netlink.route.RouteQuery;

/** The ways of this host, as its kernel routes packets now. */
public final class HostWays implements Ways {
    private final RouteClient client;

    public HostWays(RouteClient client) {
        this.client = client;
    }

    @Override
    public Way outer(RouteQuery query) {
        return Way.of(client.getRoute(query));
    }

    /** Without a route in clear nothing is sent, so none bounds what is. */
    @Override
    public Optional<Way> inner(RouteQuery query) {
        try {
            return Optional.of(Way.of(client.getRoute(query)));
        } catch (NetlinkException e) {
            return Optional.empty();
        }
    }
}
