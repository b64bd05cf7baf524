package org.xfrmctl.cli.lab;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.xfrmctl.cli.firewall.FirewallTables;
import org.xfrmctl.cli.kernel.LinkSession;
import org.xfrmctl.datapath.host.PingOptions;
import org.xfrmctl.datapath.host.PingOutcome;
import org.xfrmctl.manager.mtu.Ways;
import org.xfrmctl.manager.probe.ProbingHost;
import org.xfrmctl.model.XfrmCounter;
import org.xfrmctl.model.definition.LogicalInterface;
import org.xfrmctl.netlink.NetlinkTransport;

/** One host of a lab. */
public interface LabHost {
    /** Opens a NETLINK_XFRM socket in this host. The caller closes it. */
    NetlinkTransport openNetlink();

    /** Opens the way to this host's links and routes. The caller closes it. */
    LinkSession openLinks();

    /** Opens this host for who finds out a path from it. The caller closes it. */
    ProbingHost openProbing(List<LogicalInterface> interfaces);

    /** Where rules of a packet filter are installed in this host. */
    FirewallTables firewall();

    /** Asks something of this host's routes, and of interfaces that may still be to be made. */
    default <T> T withWays(List<LogicalInterface> interfaces, Function<Ways, T> question) {
        try (ProbingHost probing = openProbing(interfaces)) {
            return question.apply(probing.ways());
        }
    }

    /** Sends echo requests one after the other and waits for each reply, or until it is certain that none comes. */
    PingOutcome ping(PingOptions request);

    /** What {@code /proc/net/xfrm_stat} of this host says; a counter that the kernel lacks is absent. */
    Map<XfrmCounter, Long> statistics();
}
