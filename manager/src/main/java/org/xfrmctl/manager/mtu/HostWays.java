package org.xfrmctl.manager.mtu;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.definition.LogicalInterface;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.route.Link;
import org.xfrmctl.netlink.route.PacketRoute;
import org.xfrmctl.netlink.route.RouteClient;
import org.xfrmctl.netlink.route.RouteQuery;
import org.xfrmctl.netlink.route.RouteType;

/** The ways of this host, as its kernel routes packets now, and of interfaces that are still to be made. */
public final class HostWays implements Ways {
    /** As {@link RouteClient#getRoute} has it; and what a kernel without IPv6 says. */
    private static final Set<Errno> NO_ROUTE = Set.of(
            Errno.ENETUNREACH, Errno.EHOSTUNREACH, Errno.EACCES, Errno.EINVAL, Errno.EAFNOSUPPORT, Errno.EOPNOTSUPP);

    private final RouteClient client;
    private final List<LogicalInterface> interfaces;
    private final List<IpAddress> own;
    private final List<Link> links;

    /** Looks at links and addresses once; routes are asked for as they are needed. */
    public HostWays(RouteClient client, List<LogicalInterface> interfaces) {
        this.client = client;
        this.interfaces = List.copyOf(interfaces);
        this.own = client.listAddresses().stream()
                .map(address -> address.prefix().address())
                .toList();
        this.links = client.listLinks();
    }

    @Override
    public Way outer(RouteQuery query) {
        return Way.of(client.getRoute(query));
    }

    @Override
    public Clear inner(RouteQuery query) {
        return find(query).map(found -> Clear.by(Way.of(found))).orElse(Clear.REFUSED);
    }

    /** Whether this was the kernel's answer to what has no route, or must not be sent. */
    public static boolean isWithoutRoute(NetlinkException e) {
        return NO_ROUTE.stream().anyMatch(e::is);
    }

    /** Empty if nothing is sent there. */
    private Optional<PacketRoute> find(RouteQuery query) {
        try {
            return Optional.of(client.getRoute(query));
        } catch (NetlinkException e) {
            if (isWithoutRoute(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public boolean isBroadcast(RouteQuery query) {
        return find(query)
                .filter(found -> found.route().kind().type().equals(RouteType.BROADCAST))
                .isPresent();
    }

    @Override
    public Optional<Way> through(IfId ifId) {
        return links.stream()
                .filter(link -> link.kind() instanceof Link.Kind.Xfrm xfrm
                        && !xfrm.collectsMetadata()
                        && xfrm.ifId().equals(ifId))
                .findFirst()
                .map(link -> Way.of(link))
                .or(() -> GivenWays.defined(interfaces, ifId));
    }

    @Override
    public List<IpAddress> own() {
        return own;
    }

    @Override
    public Optional<IpAddress> source(RouteQuery query) {
        return find(query).flatMap(found -> found.route().preferredSource());
    }
}
