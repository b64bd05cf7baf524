package org.xfrmctl.netlink.sys;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;

/** A Unix socket that takes connections at a path: what listeners of either type have in common. */
final class ListeningSocket implements AutoCloseable {
    private static final int BACKLOG = 256;
    private static final int OWNER_ONLY = 0600;
    private static final int GROUP_TOO = 0660;
    private static final int UNCHANGED = -1;

    private final FileDescriptor socket;

    private ListeningSocket(FileDescriptor socket) {
        this.socket = socket;
    }

    /**
     * Makes the socket, where nothing may be yet, with mode 0600, or for a group with mode 0660. No symbolic link is
     * followed, whoever puts one there meanwhile.
     *
     * @throws NetlinkException with the errno of {@code bind}, or of {@code lchown} if the group cannot be given
     */
    static ListeningSocket at(Path path, int type, OptionalLong group) {
        UnixAddress address = new UnixAddress(path);
        FileDescriptor socket = newSocket(type);
        try {
            // The file that bind() makes has the mode of its descriptor, less the umask.
            FileDescriptor.check("fchmod", LibC.get().fchmod(socket.number(), OWNER_ONLY));
            FileDescriptor.check(
                    "bind to " + path, LibC.get().bind(socket.number(), address.bytes(), address.length()));
            // Before anybody can connect: that needs listen().
            if (group.isPresent()) {
                give(path.toString(), (int) group.getAsLong());
            }
            FileDescriptor.check("listen at " + path, LibC.get().listen(socket.number(), BACKLOG));
            return new ListeningSocket(socket);
        } catch (RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** The mode comes last: until then nobody gets at it by the group that it had. */
    private static void give(String path, int group) {
        FileDescriptor.check("lchown " + path, LibC.get().lchown(path, UNCHANGED, group));
        FileDescriptor.check(
                "chmod " + path, LibC.get().fchmodat(LibC.AT_FDCWD, path, GROUP_TOO, LibC.AT_SYMLINK_NOFOLLOW));
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
