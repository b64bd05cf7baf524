package org.xfrmctl.manager.probe;

import java.util.OptionalInt;
import org.xfrmctl.manager.mtu.SocketQuestion;
import org.xfrmctl.manager.mtu.Ways;
import org.xfrmctl.model.echo.EchoPath;

/** The host that a path begins at. */
public interface ProbingHost extends AutoCloseable {
    /** What it knows of its ways now. */
    Ways ways();

    /**
     * The MTU that a connected UDP socket is told; empty if this host has none for programs.
     *
     * @throws org.xfrmctl.netlink.NetlinkException if it cannot be connected
     */
    OptionalInt socketMtu(SocketQuestion question);

    /**
     * Opens a socket. The caller closes it.
     *
     * @throws org.xfrmctl.netlink.NetlinkException if that is not allowed, or there is no way
     */
    Sounder open(EchoPath path);

    @Override
    void close();
}
