package org.xfrmctl.netlink.sys;

import static java.nio.ByteOrder.nativeOrder;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;

/** Sends datagrams to a Unix socket by its path, or with {@code @} in front by its name in the abstract namespace (unix(7)). */
public final class NotifySocket implements AutoCloseable {
    /** {@code struct timeval} where {@code long} has 64 bits. */
    private static final int TIMEVAL = 16;

    private static final long LONGEST_WAIT_SECONDS = 5;

    private final UnixAddress address;
    private final FileDescriptor socket = ListeningSocket.newSocket(LibC.SOCK_DGRAM);

    /** Guarded by this: nothing is sent by a descriptor that may be another's by now. */
    private boolean closed;

    public NotifySocket(String name) {
        try {
            address = UnixAddress.named(name);
            ByteBuffer patience =
                    ByteBuffer.allocateDirect(TIMEVAL).order(nativeOrder()).putLong(0, LONGEST_WAIT_SECONDS);
            FileDescriptor.check(
                    "setsockopt SO_SNDTIMEO",
                    LibC.get().setsockopt(socket.number(), LibC.SOL_SOCKET, LibC.SO_SNDTIMEO, patience, TIMEVAL));
        } catch (RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Sends one datagram, or nothing if the receiver's queue is full: for what is soon said again.
     *
     * @throws NetlinkException for example ECONNREFUSED
     */
    public synchronized void offer(String text) {
        if (send(text, LibC.MSG_DONTWAIT) < 0 && LibC.errno() != Errno.EAGAIN.number()) {
            throw new NetlinkException(LibC.errno(), "notify");
        }
    }

    /**
     * Sends one datagram, and waits some seconds if the receiver's queue is full.
     *
     * @throws NetlinkException for example ECONNREFUSED, or EAGAIN after that time
     */
    public synchronized void send(String text) {
        long sent = send(text, 0);
        while (FileDescriptor.wasInterrupted(sent)) {
            sent = send(text, 0);
        }
        FileDescriptor.check("notify", sent);
    }

    private long send(String text, int flags) {
        if (closed) {
            return 0;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer data =
                ByteBuffer.allocateDirect(bytes.length).order(nativeOrder()).put(0, bytes);
        return LibC.get()
                .sendto(
                        socket.number(),
                        data,
                        bytes.length,
                        LibC.MSG_NOSIGNAL | flags,
                        address.bytes(),
                        address.length());
    }

    @Override
    public synchronized void close() {
        closed = true;
        socket.close();
    }
}
