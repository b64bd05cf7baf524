package org.xfrmctl.netlink.sys;

import static java.nio.ByteOrder.nativeOrder;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;

/**
 * One who connected to a {@link StreamListener}. It never waits longer than it is told to, for the other side is not
 * trusted. For one thread at a time; {@link #end()} may come from any and ends its waiting.
 */
public final class StreamConnection implements AutoCloseable {
    private static final int UCRED = 12;
    private static final int POLLFD = 8;
    private static final int EVENTS = 4;
    private static final int FEW_GROUPS = 64;
    private static final int CHUNK = 16 * 1024;

    private final LibC libc = LibC.get();
    private final FileDescriptor socket;
    private final ByteBuffer bytes = direct(CHUNK);
    private final ByteBuffer polled = direct(POLLFD);

    StreamConnection(FileDescriptor socket) {
        this.socket = socket;
    }

    /** Who connected, as the kernel noted it then; whoever the descriptor was handed to since does not matter. */
    public PeerCredentials peer() {
        ByteBuffer credentials = option(LibC.SO_PEERCRED, UCRED);
        List<Long> groups = new ArrayList<>();
        ByteBuffer numbers = groups();
        while (numbers.remaining() >= Integer.BYTES) {
            groups.add(Integer.toUnsignedLong(numbers.getInt()));
        }
        return new PeerCredentials(
                Integer.toUnsignedLong(credentials.getInt(4)), Integer.toUnsignedLong(credentials.getInt(8)), groups);
    }

    /** None on a kernel before 4.13, which does not tell. Hardly anybody has many, so there is little room at first. */
    private ByteBuffer groups() {
        try {
            return option(LibC.SO_PEERGROUPS, FEW_GROUPS * Integer.BYTES);
        } catch (NetlinkException refusal) {
            if (refusal.is(Errno.ERANGE)) {
                return option(LibC.SO_PEERGROUPS, PeerCredentials.MOST_GROUPS * Integer.BYTES);
            }
            if (refusal.is(Errno.ENOPROTOOPT)) {
                return ByteBuffer.allocate(0);
            }
            throw refusal;
        }
    }

    private ByteBuffer option(int option, int room) {
        ByteBuffer value = direct(room);
        ByteBuffer length = direct(Integer.BYTES).putInt(0, room);
        FileDescriptor.check(
                "getsockopt " + option, libc.getsockopt(socket.number(), LibC.SOL_SOCKET, option, value, length));
        return value.limit(length.getInt(0));
    }

    /**
     * Reads what there is, and waits for it if need be.
     *
     * @return how many bytes were put into {@code target}, 0 if none came in time; empty if there will be none
     */
    public OptionalInt read(ByteBuffer target, Duration patience) {
        if (!isReady(LibC.POLLIN, patience)) {
            return OptionalInt.of(0);
        }
        int room = Math.min(CHUNK, target.remaining());
        long length = libc.recv(socket.number(), bytes, room, LibC.MSG_DONTWAIT);
        if (length < 0) {
            int errno = LibC.errno();
            if (errno == Errno.EINTR.number() || errno == Errno.EAGAIN.number()) {
                return OptionalInt.of(0);
            }
            if (errno == Errno.ECONNRESET.number()) {
                return OptionalInt.empty();
            }
            throw new NetlinkException(errno, "receive from a Unix socket");
        }
        target.put(bytes.slice(0, (int) length));
        return length == 0 ? OptionalInt.empty() : OptionalInt.of((int) length);
    }

    /**
     * Writes as much as goes now, and waits until something goes if need be.
     *
     * @return how many bytes of {@code source} were written; 0 if none went in time
     * @throws NetlinkException EPIPE if nobody is there any more
     */
    public int write(ByteBuffer source, Duration patience) {
        if (!isReady(LibC.POLLOUT, patience)) {
            return 0;
        }
        int length = Math.min(CHUNK, source.remaining());
        bytes.put(0, source, source.position(), length);
        long sent = libc.send(socket.number(), bytes, length, LibC.MSG_NOSIGNAL | LibC.MSG_DONTWAIT);
        if (sent < 0) {
            int errno = LibC.errno();
            if (errno == Errno.EINTR.number() || errno == Errno.EAGAIN.number()) {
                return 0;
            }
            throw new NetlinkException(errno, "send to a Unix socket");
        }
        source.position(source.position() + (int) sent);
        return (int) sent;
    }

    private boolean isReady(short events, Duration patience) {
        polled.putInt(0, socket.number()).putShort(EVENTS, events).putShort(EVENTS + Short.BYTES, (short) 0);
        int ready = libc.poll(polled, 1, (int) Math.min(Integer.MAX_VALUE, Math.max(0, patience.toMillis())));
        if (FileDescriptor.wasInterrupted(ready)) {
            return false;
        }
        return FileDescriptor.check("poll", ready) > 0;
    }

    /** From now on nothing comes and nothing goes. */
    public void end() {
        libc.shutdown(socket.number(), LibC.SHUT_RDWR);
    }

    @Override
    public void close() {
        socket.close();
    }

    private static ByteBuffer direct(int size) {
        return ByteBuffer.allocateDirect(size).order(nativeOrder());
    }
}
