package org.xfrmctl.netlink.sys;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.xfrmctl.netlink.NetlinkException;

/**
 * Takes connections at a path whose bytes are a stream, so that any program can make one. It begins with mode 0600; whoever
 * widens that must ask each {@link StreamConnection#peer() peer} who it is. {@link #end()} may come from any thread; to be
 * closed when none waits in {@link #accept()}.
 */
public final class StreamListener implements AutoCloseable {
    private final ListeningSocket socket;

    private StreamListener(ListeningSocket socket) {
        this.socket = socket;
    }

    /**
     * Makes the socket, where nothing may be yet.
     *
     * @throws NetlinkException with the errno of {@code bind}
     */
    public static StreamListener at(Path path) {
        return new StreamListener(ListeningSocket.at(path, LibC.SOCK_STREAM, OptionalLong.empty()));
    }

    /**
     * As above, with mode 0660 and that group.
     *
     * @throws NetlinkException for example EPERM, if this process may not give it to the group
     */
    public static StreamListener at(Path path, long group) {
        return new StreamListener(ListeningSocket.at(path, LibC.SOCK_STREAM, OptionalLong.of(group)));
    }

    /**
     * Waits for the next connection; empty once {@link #end()} was called.
     *
     * @throws NetlinkException for example EMFILE; another one may be accepted later
     */
    public Optional<StreamConnection> accept() {
        return socket.accept().map(StreamConnection::new);
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
