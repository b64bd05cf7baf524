package org.xfrmctl.cli.kernel;

import java.util.Set;
import java.util.stream.Collectors;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.netlink.route.RouteClient;

/** What a host has for its own. */
public final class HostAddresses {
    private HostAddresses() {}

    /** None of a kernel of XFRM alone. */
    public static Set<IpAddress> of(Kernel kernel) {
        return kernel.openRoute()
                .map(RouteClient::new)
                .map(client -> {
                    try (client) {
                        return client.listAddresses().stream()
                                .map(address -> address.prefix().address())
                                .collect(Collectors.toSet());
                    }
                })
                .orElse(Set.of());
    }
}
