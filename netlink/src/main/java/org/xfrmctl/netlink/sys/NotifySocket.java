package org.xfrmctl.netlink.sys;

import static java.nio.ByteOrder.nativeOrder;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;

/** Sends datagrams to a Unix socket by its path, or with {@code @} in front by its name in the abstract namespace (unix(7)). */
public final class NotifySocket implements AutoCloseable {
    private final UnixAddress address;
    private final FileDescriptor socket = ListeningSocket.newSocket(LibC.SOCK_DGRAM);

    public NotifySocket(String name) {
        try {
            address = UnixAddress.named(name);
        } catch (RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Sends one datagram, or nothing if the receiver's queue is full: who notifies must not wait.
     *
     * @throws NetlinkException for example ECONNREFUSED
     */
    public synchronized void send(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer data =
                ByteBuffer.allocateDirect(bytes.length).order(nativeOrder()).put(0, bytes);
        int flags = LibC.MSG_NOSIGNAL | LibC.MSG_DONTWAIT;
        long sent = LibC.get().sendto(socket.number(), data, bytes.length, flags, address.bytes(), address.length());
        if (sent < 0 && LibC.errno() != Errno.EAGAIN.number()) {
            throw new NetlinkException(LibC.errno(), "notify");
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
