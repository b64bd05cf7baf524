package org.xfrmctl.cli.lab;

import java.util.Map;
import org.xfrmctl.cli.kernel.LinkSession;
import org.xfrmctl.datapath.host.PingOptions;
import org.xfrmctl.datapath.host.PingOutcome;
import org.xfrmctl.model.XfrmCounter;
import org.xfrmctl.netlink.NetlinkTransport;

/** One host of a lab. */
public interface LabHost {
    /** Opens a NETLINK_XFRM socket in this host. The caller closes it. */
    NetlinkTransport openNetlink();

    /** Opens the way to this host's links and routes. The caller closes it. */
    LinkSession openLinks();

    /** Sends echo requests one after the other and waits for each reply, or until it is certain that none comes. */
    PingOutcome ping(PingOptions request);

    /** What {@code /proc/net/xfrm_stat} of this host says; a counter that the kernel lacks is absent. */
    Map<XfrmCounter, Long> statistics();
}
