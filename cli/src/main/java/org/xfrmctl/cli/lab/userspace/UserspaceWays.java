package org.xfrmctl.cli.lab.userspace;

import java.util.List;
import java.util.Optional;
import org.xfrmctl.datapath.host.Host;
import org.xfrmctl.datapath.host.KnownPath;
import org.xfrmctl.manager.mtu.Way;
import org.xfrmctl.manager.mtu.Way.Carrier;
import org.xfrmctl.manager.mtu.Way.Origin;
import org.xfrmctl.manager.mtu.Ways;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.route.RouteQuery;

/** The ways of a userspace host: it has links, routes and what it has learnt, and no rules. */
record UserspaceWays(Host host) implements Ways {
    @Override
    public Way outer(RouteQuery query) {
        return way(query)
                .orElseThrow(() ->
                        new NetlinkException(Errno.ENETUNREACH.number(), "look for a route to " + query.destination()));
    }

    @Override
    public Clear inner(RouteQuery query) {
        return way(query).map(Clear::by).orElse(Clear.REFUSED);
    }

    private Optional<Way> way(RouteQuery query) {
        return host.path(query.destination()).map(UserspaceWays::way);
    }

    private static Way way(KnownPath path) {
        Origin origin = path.learnt() ? Origin.LEARNT : path.mtu() < path.linkMtu() ? Origin.ROUTE : Origin.LINK;
        return new Way(path.mtu(), origin, false, Optional.of(new Carrier(path.device(), path.linkMtu())));
    }

    @Override
    public Optional<Way> through(IfId ifId) {
        return host.xfrmInterfaces().entrySet().stream()
                .filter(each -> each.getValue().ifId().equals(ifId))
                .findFirst()
                .map(each -> {
                    int mtu = host.device(each.getKey()).link().mtu();
                    return new Way(mtu, Origin.LINK, false, Optional.of(new Carrier(each.getKey(), mtu)));
                });
    }

    @Override
    public List<IpAddress> own() {
        return host.devices().stream()
                .flatMap(device -> device.addresses().stream())
                .map(IpPrefix::address)
                .toList();
    }

    @Override
    public Optional<IpAddress> source(RouteQuery query) {
        return host.path(query.destination()).map(KnownPath::source);
    }
}
