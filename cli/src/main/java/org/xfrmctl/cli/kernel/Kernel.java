package org.xfrmctl.cli.kernel;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.manager.mtu.SocketQuestion;
import org.xfrmctl.manager.probe.Sounder;
import org.xfrmctl.model.echo.EchoPath;
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

    /** As {@link #openRoute}, in the words of a manager; a host of a lab may have no messages for it. */
    default Optional<LinkSession> openLinks() {
        return openRoute().map(LinkSession::over);
    }

    /**
     * The MTU that a connected UDP socket of this kernel is told; empty if it has no sockets for programs.
     *
     * @throws org.xfrmctl.netlink.NetlinkException if it cannot be connected
     */
    default OptionalInt socketMtu(SocketQuestion question) {
        return OptionalInt.empty();
    }

    /**
     * Opens a socket for echo requests; empty if this kernel has none for programs. The caller closes it.
     *
     * @throws org.xfrmctl.netlink.NetlinkException EPERM if this process may have none
     */
    default Optional<Sounder> openSounder(EchoPath path) {
        return Optional.empty();
    }

    /** Where the files are in which it tells of itself ({@code /proc}); empty if it has none. */
    default Optional<Path> proc() {
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
