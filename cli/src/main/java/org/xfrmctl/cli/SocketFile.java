package org.xfrmctl.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.sys.PacketConnection;
import org.xfrmctl.netlink.sys.PacketListener;

/**
 * The file of a daemon's Unix socket: made anew where a dead daemon left one, never where a live one has it.
 *
 * @param <L> what listens there
 */
final class SocketFile<L extends AutoCloseable> implements AutoCloseable {
    private static final int S_IFMT = 0170000;
    private static final int S_IFSOCK = 0140000;

    private final Path path;
    private final L listener;
    private final Object key;

    /** Makes a socket at a path where nothing is. */
    @FunctionalInterface
    interface Opening<L> {
        L at(Path path) throws IOException;
    }

    private SocketFile(Path path, L listener, Object key) {
        this.path = path;
        this.listener = listener;
        this.key = key;
    }

    /**
     * Makes the socket.
     *
     * @throws CommandFailedException if there is something else, or no place for it
     */
    static <L extends AutoCloseable> SocketFile<L> create(Path path, Opening<L> opening) {
        if (!PacketListener.isShortEnough(path)) {
            throw new CommandFailedException(
                    path + ": too long for a Unix socket, whose path has 107 bytes at most",
                    "name a shorter one, for example below /run or XDG_RUNTIME_DIR");
        }
        Path directory = path.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new CommandFailedException(directory + ": there is no such directory", "make it, or name another");
        }
        try {
            SafeDirectory.check(directory);
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                removeStale(path);
            }
            L listener = opening.at(path);
            return new SocketFile<>(path, listener, key(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Only a socket that nobody listens at any more is removed. */
    private static void removeStale(Path path) throws IOException {
        // A device or a FIFO refuses connections, too.
        int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        if ((mode & S_IFMT) != S_IFSOCK) {
            throw new CommandFailedException(path + ": is there and no socket", "name another path, or remove it");
        }
        try (PacketConnection alive = PacketConnection.to(path)) {
            alive.end();
        } catch (NetlinkException nobody) {
            if (nobody.is(Errno.ECONNREFUSED)) {
                Files.delete(path);
                return;
            }
            // A socket of another type is as much alive.
            if (!nobody.is(Errno.EPROTOTYPE)) {
                throw nobody;
            }
        }
        throw new CommandFailedException(
                path + ": another program answers there", "use it, or end it first, or name another path");
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static Object key(Path path) throws IOException {
        return Objects.requireNonNull(attributes(path).fileKey());
    }

    L listener() {
        return listener;
    }

    Path path() {
        return path;
    }

    /** Removes the file, unless somebody else has put his there. May be called again, from any thread. */
    @Override
    public synchronized void close() {
        try {
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && key(path).equals(key)) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
