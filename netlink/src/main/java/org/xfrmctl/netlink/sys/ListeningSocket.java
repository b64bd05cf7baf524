package org.xfrmctl.netlink.sys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;

/** A Unix socket that takes connections at a path: what listeners of either type have in common. */
final class ListeningSocket implements AutoCloseable {
    private static final int BACKLOG = 256;

    private final FileDescriptor socket;

    private ListeningSocket(FileDescriptor socket) {
        this.socket = socket;
    }

    /**
     * Makes the socket, where nothing may be yet, with mode 0600.
     *
     * @throws NetlinkException with the errno of {@code bind}
     * @throws IOException if the socket cannot be given that mode
     */
    static ListeningSocket at(Path path, int type) throws IOException {
        UnixAddress address = new UnixAddress(path);
        FileDescriptor socket = newSocket(type);
        try {
            FileDescriptor.check(
                    "bind to " + path, LibC.get().bind(socket.number(), address.bytes(), address.length()));
            // Before anybody can connect: that needs listen().
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            FileDescriptor.check("listen at " + path, LibC.get().listen(socket.number(), BACKLOG));
            return new ListeningSocket(socket);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** Waits for the next connection; empty once {@link #end()} was called. */
    Optional<FileDescriptor> accept() {
        while (true) {
            int result = LibC.get().accept4(socket.number(), null, null, LibC.SOCK_CLOEXEC);
            if (result >= 0) {
                return Optional.of(new FileDescriptor("accept", result));
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
    void end() {
        LibC.get().shutdown(socket.number(), LibC.SHUT_RDWR);
    }

    @Override
    public void close() {
        socket.close();
    }

    static FileDescriptor newSocket(int type) {
        return new FileDescriptor("open a Unix socket", LibC.get().socket(LibC.AF_UNIX, type | LibC.SOCK_CLOEXEC, 0));
    }
}
