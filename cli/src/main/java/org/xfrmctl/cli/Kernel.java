package org.xfrmctl.cli;

import org.xfrmctl.netlink.NetlinkTransport;

/** How a command gets at a kernel. Asked only when the command runs, so that offline commands load no native code. */
@FunctionalInterface
public interface Kernel {
    NetlinkTransport open();
}
