package org.xfrmctl.cli.explain;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xfrmctl.datapath.engine.Routing;
import org.xfrmctl.manager.mtu.HostWays;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.route.Link;
import org.xfrmctl.netlink.route.PacketRoute;
import org.xfrmctl.netlink.route.RouteClient;
import org.xfrmctl.netlink.route.RouteQuery;

/** The ways of a host as its kernel routes packets now; each is asked for once. */
final class KernelRouting implements Routing {
    private final RouteClient client;
    private final Set<IpAddress> own = new HashSet<>();
    private final Map<Integer, IfId> entrances = new HashMap<>();
    private final Map<IpAddress, Optional<Path>> known = new HashMap<>();

    KernelRouting(RouteClient client) {
        this.client = client;
        client.listAddresses().forEach(address -> own.add(address.prefix().address()));
    }

    boolean isLocal(IpAddress address) {
        return own.contains(address);
    }

    /** The if_id of the XFRM interface that the route there leads to. */
    Optional<IfId> entrance(IpAddress destination) {
        return path(destination).flatMap(path -> Optional.ofNullable(entrances.get(path.device())));
    }

    @Override
    public Optional<Path> path(IpAddress destination) {
        return known.computeIfAbsent(destination, this::ask);
    }

    private Optional<Path> ask(IpAddress destination) {
        try {
            PacketRoute found = client.getRoute(RouteQuery.to(destination));
            IpAddress source = found.route().preferredSource().orElseGet(() -> IpAddress.any(destination.family()));
            if (found.link().kind() instanceof Link.Kind.Xfrm xfrm && !xfrm.collectsMetadata()) {
                entrances.put(found.link().index(), xfrm.ifId());
            }
            return Optional.of(new Path(found.mtu(), source, found.link().index()));
        } catch (NetlinkException e) {
            if (HostWays.isWithoutRoute(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public boolean sendsFrom(IpAddress source) {
        return source.family() == Family.INET6 || isLocal(source);
    }
}
