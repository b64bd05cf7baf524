package org.xfrmctl.cli.lab.userspace;

import java.util.List;
import java.util.Optional;
import org.xfrmctl.datapath.engine.Routing;
import org.xfrmctl.datapath.host.Host;
import org.xfrmctl.manager.mtu.Way;
import org.xfrmctl.manager.mtu.Ways;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.route.RouteQuery;

/** The ways of a userspace host, which has one table of routes and no rules about marks. */
record UserspaceWays(Host host) implements Ways {
    @Override
    public Way outer(RouteQuery query) {
        return find(query)
                .map(path -> Way.given(path.mtu()))
                .orElseThrow(() -> new NetlinkException(Errno.ENETUNREACH.number(), "route to " + query));
    }

    @Override
    public Clear inner(RouteQuery query) {
        return find(query).map(path -> Clear.by(Way.given(path.mtu()))).orElse(Clear.REFUSED);
    }

    private Optional<Routing.Path> find(RouteQuery query) {
        return host.wayTo(query.destination());
    }

    @Override
    public Optional<Way> through(IfId ifId) {
        return host.xfrmInterfaces().entrySet().stream()
                .filter(entry -> entry.getValue().ifId().equals(ifId))
                .map(entry -> Way.given(host.device(entry.getKey()).link().mtu()))
                .findFirst();
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
        return find(query).map(Routing.Path::source);
    }
}
