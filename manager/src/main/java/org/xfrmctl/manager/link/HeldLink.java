package org.xfrmctl.manager.link;

import java.util.List;
import java.util.Optional;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.definition.LogicalInterface;

/**
 * A link that a kernel has.
 *
 * @param kind empty if it is none that we would make
 * @param description what it is, for people
 * @param isOurs whether we made it
 * @param addresses of whatever scope; those that IPv6 gives a link by itself are not told from others
 * @param routes those of ours that lead there
 */
public record HeldLink(
        String name,
        Optional<LogicalInterface.Kind> kind,
        String description,
        boolean isOurs,
        boolean isUp,
        int mtu,
        List<IpPrefix> addresses,
        List<IpPrefix> routes) {
    public HeldLink {
        addresses = List.copyOf(addresses);
        routes = List.copyOf(routes);
    }
}
