package org.xfrmctl.cli.lab.userspace;

import java.util.List;
import java.util.Map;
import org.xfrmctl.cli.firewall.FirewallTables;
import org.xfrmctl.cli.firewall.HostTables;
import org.xfrmctl.cli.kernel.LinkSession;
import org.xfrmctl.cli.lab.LabHost;
import org.xfrmctl.datapath.host.Host;
import org.xfrmctl.datapath.host.PingOptions;
import org.xfrmctl.datapath.host.PingOutcome;
import org.xfrmctl.datapath.kernel.UserspaceKernel;
import org.xfrmctl.manager.probe.ProbingHost;
import org.xfrmctl.model.XfrmCounter;
import org.xfrmctl.model.definition.LogicalInterface;
import org.xfrmctl.netlink.NetlinkTransport;

/** A host of a userspace lab: a small IP stack with an XFRM kernel in it. */
final class UserspaceHost implements LabHost {
    private final Host host;
    private final UserspaceKernel kernel;
    private final HostLinks links;
    private final HostRoutes routes;

    UserspaceHost(Host host) {
        this.host = host;
        this.kernel = new UserspaceKernel(host.namespace());
        this.links = new HostLinks(host);
        this.routes = new HostRoutes(host);
    }

    Host host() {
        return host;
    }

    @Override
    public NetlinkTransport openNetlink() {
        return kernel.open();
    }

    @Override
    public LinkSession openLinks() {
        return LinkSession.of(links, routes);
    }

    @Override
    public ProbingHost openProbing(List<LogicalInterface> interfaces) {
        return new HostProbing(host);
    }

    @Override
    public FirewallTables firewall() {
        return new HostTables(host.rules());
    }

    @Override
    public PingOutcome ping(PingOptions options) {
        return host.ping(options);
    }

    @Override
    public Map<XfrmCounter, Long> statistics() {
        return host.namespace().statistics().snapshot();
    }
}
