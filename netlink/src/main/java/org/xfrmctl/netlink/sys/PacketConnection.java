package org.xfrmctl.netlink.sys;

import static java.nio.ByteOrder.nativeOrder;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;

/**
 * A connection over a Unix socket that keeps datagrams apart (SOCK_SEQPACKET, unix(7)). One thread may send while another
 * one receives; {@link #end()} may come from any thread and ends the waiting of both. To be closed when neither uses it.
 */
public final class PacketConnection implements AutoCloseable {
    private final LibC libc = LibC.get();
    private final FileDescriptor socket;

    /** For the thread that receives. Grows to the largest datagram so far. */
    private ByteBuffer incoming = direct(4096);
    /** For the thread that sends. Grows as well. */
    private ByteBuffer outgoing = direct(4096);

    PacketConnection(FileDescriptor socket) {
        this.socket = socket;
    }

    /**
     * Connects to a {@link PacketListener}.
     *
     * @throws NetlinkException ENOENT or ECONNREFUSED if nobody listens there, EPROTOTYPE if it is another kind of socket
     */
    public static PacketConnection to(Path path) {
        LibC libc = LibC.get();
        UnixAddress address = new UnixAddress(path);
        FileDescriptor socket = ListeningSocket.newSocket(LibC.SOCK_SEQPACKET);
        try {
            int result = libc.connect(socket.number(), address.bytes(), address.length());
            while (FileDescriptor.wasInterrupted(result)) {
                result = libc.connect(socket.number(), address.bytes(), address.length());
            }
            FileDescriptor.check("connect to " + path, result);
            return new PacketConnection(socket);
        } catch (RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Waits for the next datagram; empty if there will be none. It is direct, in native byte order, and valid until the
     * next call.
     */
    public Optional<ByteBuffer> receive() {
        // The length first: a datagram may be as large as the sender's buffer.
        int length = (int) receive(0, LibC.MSG_PEEK | LibC.MSG_TRUNC);
        if (incoming.capacity() < length) {
            incoming = direct(length);
        }
        int received = length == 0 ? 0 : (int) receive(length, 0);
        return received == 0
                ? Optional.empty()
                : Optional.of(incoming.slice(0, received).order(nativeOrder()));
    }

    private long receive(int room, int flags) {
        long length = libc.recv(socket.number(), incoming, room, flags);
        while (FileDescriptor.wasInterrupted(length)) {
            length = libc.recv(socket.number(), incoming, room, flags);
        }
        // Who left without reading everything resets the connection, which is an end like any other.
        return length < 0 && LibC.errno() == Errno.ECONNRESET.number()
                ? 0
                : FileDescriptor.check("receive from a Unix socket", length);
    }

    /**
     * Sends the bytes between position and limit as one datagram, and waits while the other side's buffer is full.
     *
     * @throws NetlinkException EPIPE if nobody is there any more
     */
    public void send(ByteBuffer datagram) {
        int size = datagram.remaining();
        if (outgoing.capacity() < size) {
            outgoing = direct(size);
        }
        outgoing.put(0, datagram, datagram.position(), size);
        long sent = libc.send(socket.number(), outgoing, size, LibC.MSG_NOSIGNAL);
        while (FileDescriptor.wasInterrupted(sent)) {
            sent = libc.send(socket.number(), outgoing, size, LibC.MSG_NOSIGNAL);
        }
        // Dumps show keys. The wiping must not change the errno, which is asked for first.
        int errno = sent < 0 ? LibC.errno() : 0;
        Wiping.zero(outgoing, size);
        if (errno != 0) {
            throw new NetlinkException(errno, "send to a Unix socket");
        }
    }

    /** From now on nothing comes and nothing goes; who waits for either is woken. */
    public void end() {
        libc.shutdown(socket.number(), LibC.SHUT_RDWR);
    }

    @Override
    public void close() {
        Wiping.zero(incoming, incoming.capacity());
        socket.close();
    }

    private static ByteBuffer direct(int size) {
        return ByteBuffer.allocateDirect(size).order(nativeOrder());
    }
}
