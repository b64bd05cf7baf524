package org.xfrmctl.cli.lab;

import java.util.Map;
import org.xfrmctl.model.XfrmCounter;
import org.xfrmctl.netlink.NetlinkTransport;

/** One host of a lab. */
public interface LabHost {
    String name();

    /** Opens a NETLINK_XFRM socket in this host. The caller closes it. */
    NetlinkTransport openNetlink();

    /** Sends echo requests one after the other and waits for each reply, or until it is certain that none comes. */
    PingResult ping(PingRequest request);

    /** What {@code /proc/net/xfrm_stat} of this host says; a counter that the kernel lacks is absent. */
    Map<XfrmCounter, Long> statistics();
}
