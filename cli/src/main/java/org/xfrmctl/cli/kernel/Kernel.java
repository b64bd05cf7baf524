package org.xfrmctl.cli.kernel;

import java.util.Optional;
import org.xfrmctl.netlink.NetlinkTransport;
import org.xfrmctl.netlink.text.TextOptions;

/** How a command gets at a kernel. Asked only when the command runs, so that offline commands load no native code. */
@FunctionalInterface
public interface Kernel {
    NetlinkTransport open();

    /**
     * A name that no other kernel and no other network namespace has until the next boot. Empty for a kernel that lasts no
     * longer than its user.
     */
    default Optional<String> name() {
        return Optional.empty();
    }

    /** For links, addresses and routes; empty if this kernel is one of XFRM alone. */
    default Optional<NetlinkTransport> openRoute() {
        return Optional.empty();
    }

    /** The name of an interface of this kernel, as {@code ip} prints it. */
    default String interfaceName(int index) {
        return TextOptions.numberedInterface(index);
    }

    /** The index of an interface of this kernel; 0 if it has none of that name. */
    default int interfaceIndex(String name) {
        return 0;
    }
}
