package org.xfrmctl.it.contract;

import java.util.Set;
import org.xfrmctl.netlink.NetlinkTransport;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/** A kernel with empty tables, of which nobody else makes use. */
interface KernelUnderTest {
    /** What it has. */
    Set<Need> offers();

    /** What it was built with; only {@link Need#CONFIG} says that this is known. */
    KernelConfig config();

    NetlinkTransport open();

    /** A socket that loses events when more than about this many bytes of them wait. */
    NetlinkTransport open(int queueSize);

    default XfrmClient client() {
        return new XfrmClient(open());
    }
}
