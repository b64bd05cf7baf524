package org.xfrmctl.netlink.sys;

import static java.nio.ByteOrder.nativeOrder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.xfrmctl.netlink.NetlinkException;

/**
 * A network namespace by the path of its file. A namespace belongs to a thread, so what must happen inside runs on a
 * thread of its own that ends with it; a socket opened there stays in the namespace (setns(2)).
 */
public record NetworkNamespace(String path) {
    /** The namespace that {@code ip netns add NAME} made. */
    public static NetworkNamespace named(String name) {
        if (name.isEmpty() || name.contains("/") || name.startsWith(".")) {
            throw new IllegalArgumentException("\"" + name + "\" is no name of a network namespace");
        }
        return new NetworkNamespace("/run/netns/" + name);
    }

    /**
     * What names the namespace that this thread is in, as a file name: by its cookie, which is never used again, or on a
     * kernel before 5.14 by its inode.
     */
    public static String current() {
        LibC libc = LibC.get();
        ByteBuffer cookie = ByteBuffer.allocateDirect(Long.BYTES).order(nativeOrder());
        ByteBuffer length = ByteBuffer.allocateDirect(Integer.BYTES).order(nativeOrder());
        length.putInt(0, Long.BYTES);
        int type = LibC.SOCK_SEQPACKET | LibC.SOCK_CLOEXEC;
        try (FileDescriptor socket = new FileDescriptor("open a socket", libc.socket(LibC.AF_UNIX, type, 0))) {
            int result = libc.getsockopt(socket.number(), LibC.SOL_SOCKET, LibC.SO_NETNS_COOKIE, cookie, length);
            return result == 0
                    ? "netns-" + Long.toUnsignedString(cookie.getLong(0))
                    : "netns-inode-" + Files.getAttribute(Path.of("/proc/self/ns/net"), "unix:ino");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs {@code action} inside and returns what it returned.
     *
     * @throws NetlinkException if the namespace cannot be entered
     */
    public <T> T call(Supplier<T> action) {
        FutureTask<T> task = new FutureTask<>(() -> {
            enter();
            return action.get();
        });
        Thread thread = new Thread(task, "in " + path);
        thread.setDaemon(true);
        thread.start();
        return await(task);
    }

    private void enter() {
        LibC libc = LibC.get();
        try (FileDescriptor file = new FileDescriptor("open " + path, libc.open(path, LibC.O_CLOEXEC))) {
            FileDescriptor.check("setns to " + path, libc.setns(file.number(), LibC.CLONE_NEWNET));
        }
    }

    /** Waits through interruptions, which are kept: the action is short, and its result may own a descriptor. */
    private static <T> T await(FutureTask<T> task) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof RuntimeException cause) {
                        throw cause;
                    }
                    throw new IllegalStateException(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public String toString() {
        return path;
    }
}
