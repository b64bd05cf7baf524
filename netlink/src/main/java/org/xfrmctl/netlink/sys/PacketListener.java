package org.xfrmctl.netlink.sys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;

/**
 * Takes connections at a path, from this user's programs and root's only. {@link #end()} may come from any thread; to be
 * closed when none waits in {@link #accept()}.
 */
public final class PacketListener implements AutoCloseable {
    private static final int BACKLOG = 64;

    private final FileDescriptor socket;

    private PacketListener(FileDescriptor socket) {
        this.socket = socket;
    }

    /**
     * Makes the socket, where nothing may be yet.
     *
     * @throws NetlinkException with the errno of {@code bind}
     * @throws IOException if the socket cannot be given mode 0600
     */
    public static PacketListener at(Path path) throws IOException {
        UnixAddress address = new UnixAddress(path);
        FileDescriptor socket = newSocket();
        try {
            FileDescriptor.check(
                    "bind to " + path, LibC.get().bind(socket.number(), address.bytes(), address.length()));
            // Before anybody can connect: that needs listen().
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            FileDescriptor.check("listen at " + path, LibC.get().listen(socket.number(), BACKLOG));
            return new PacketListener(socket);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** Whether a path is short enough for a Unix socket. */
    public static boolean isShortEnough(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length <= UnixAddress.LONGEST;
    }

    /** Waits for the next connection; empty once {@link #end()} was called. */
    public Optional<PacketConnection> accept() {
        while (true) {
            int result = LibC.get().accept4(socket.number(), null, null, LibC.SOCK_CLOEXEC);
            if (result >= 0) {
                return Optional.of(new PacketConnection(new FileDescriptor("accept", result)));
            }
            if (LibC.errno() == Errno.EINVAL.number()) {
                return Optional.empty();
            }
            if (!FileDescriptor.wasInterrupted(result)) {
                throw new NetlinkException(LibC.errno(), "accept");
            }
        }
    }

    /** From now on nobody can connect; who waits for a connection is woken. */
    public void end() {
        LibC.get().shutdown(socket.number(), LibC.SHUT_RDWR);
    }

    @Override
    public void close() {
        socket.close();
    }

    static FileDescriptor newSocket() {
        return new FileDescriptor(
                "open a Unix socket", LibC.get().socket(LibC.AF_UNIX, LibC.SOCK_SEQPACKET | LibC.SOCK_CLOEXEC, 0));
    }
}
