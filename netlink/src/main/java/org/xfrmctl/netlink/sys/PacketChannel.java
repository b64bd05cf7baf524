package org.xfrmctl.netlink.sys;

import static java.nio.ByteOrder.nativeOrder;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;

/**
 * A descriptor that packets come from and go to, one with each call, and that never waits: {@link ChannelPoll} does. For
 * one thread.
 */
public final class PacketChannel implements AutoCloseable {
    /** The longest packet there is, with the headers of Ethernet and virtio. */
    private static final int LONGEST = 65_536 + 64;

    /** What a packet meets that is lost, as on any wire: no room, too long, nobody there, the interface is down. */
    private static final Set<Integer> LOST = numbers(
            Errno.EAGAIN,
            Errno.ENOBUFS,
            Errno.EMSGSIZE,
            Errno.EPERM,
            Errno.EINVAL,
            Errno.EIO,
            Errno.ENETDOWN,
            Errno.ENETUNREACH,
            Errno.EHOSTUNREACH,
            Errno.ECONNREFUSED);

    /** What a read tells of something earlier; the next read is none the worse for it. */
    private static final Set<Integer> PASSING = numbers(
            Errno.EINTR, Errno.EMSGSIZE, Errno.ENETDOWN, Errno.ENETUNREACH, Errno.EHOSTUNREACH, Errno.ECONNREFUSED);

    private final LibC libc = LibC.get();
    private final FileDescriptor file;
    private final String name;
    private final ByteBuffer incoming = direct();
    private final ByteBuffer outgoing = direct();

    PacketChannel(FileDescriptor file, String name) {
        this.file = file;
        this.name = name;
    }

    private static Set<Integer> numbers(Errno... errors) {
        return Stream.of(errors).map(Errno::number).collect(Collectors.toUnmodifiableSet());
    }

    private static ByteBuffer direct() {
        return ByteBuffer.allocateDirect(LONGEST).order(nativeOrder());
    }

    int descriptor() {
        return file.number();
    }

    /**
     * The next packet that has come, in native byte order and valid until the next call; empty if none waits.
     *
     * @throws NetlinkException if the device is gone
     */
    public Optional<ByteBuffer> receive() {
        long length = libc.read(file.number(), incoming, LONGEST);
        while (length < 0) {
            int errno = LibC.errno();
            if (errno == Errno.EAGAIN.number()) {
                return Optional.empty();
            }
            if (!PASSING.contains(errno)) {
                throw new NetlinkException(errno, "read from " + name);
            }
            length = libc.read(file.number(), incoming, LONGEST);
        }
        return Optional.of(incoming.slice(0, (int) length).order(nativeOrder()));
    }

    /**
     * Sends the bytes between position and limit as one packet; false if it was lost on the way out.
     *
     * @throws NetlinkException if the device is gone
     */
    public boolean send(ByteBuffer packet) {
        int size = packet.remaining();
        if (size > LONGEST) {
            return false;
        }
        outgoing.put(0, packet, packet.position(), size);
        long sent = libc.write(file.number(), outgoing, size);
        while (FileDescriptor.wasInterrupted(sent)) {
            sent = libc.write(file.number(), outgoing, size);
        }
        if (sent < 0 && !LOST.contains(LibC.errno())) {
            throw new NetlinkException(LibC.errno(), "write to " + name);
        }
        return sent >= 0;
    }

    @Override
    public void close() {
        file.close();
    }

    @Override
    public String toString() {
        return name;
    }
}
