package org.xfrmctl.netlink.sys;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.xfrmctl.netlink.NetlinkException;

/**
 * Takes connections at a path, from this user's programs and root's only. {@link #end()} may come from any thread; to be
 * closed when none waits in {@link #accept()}.
 */
public final class PacketListener implements AutoCloseable {
    private final ListeningSocket socket;

    private PacketListener(ListeningSocket socket) {
        this.socket = socket;
    }

    /**
     * Makes the socket, where nothing may be yet.
     *
     * @throws NetlinkException with the errno of {@code bind}
     */
    public static PacketListener at(Path path) {
        return new PacketListener(ListeningSocket.at(path, LibC.SOCK_SEQPACKET, OptionalLong.empty()));
    }

    /** Whether a path is short enough for a Unix socket. */
    public static boolean isShortEnough(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length <= UnixAddress.LONGEST;
    }

    /** Waits for the next connection; empty once {@link #end()} was called. */
    public Optional<PacketConnection> accept() {
        return socket.accept().map(PacketConnection::new);
    }

    /** From now on nobody can connect; who waits for a connection is woken. */
    public void end() {
        socket.end();
    }

    @Override
    public void close() {
        socket.close();
    }
}
