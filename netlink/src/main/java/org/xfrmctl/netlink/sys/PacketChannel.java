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

    /**
     * What tells that the device is no more. Everything else is the loss of one packet, as on any wire, or told of an earlier
     * one: whatever ICMP somebody sends, forged or not, Linux makes an errno of it ({@code icmp_err_convert}).
     */
    private static final Set<Integer> GONE = Stream.of(Errno.EBADF, Errno.EBADFD, Errno.ENODEV, Errno.ENXIO)
            .map(Errno::number)
            .collect(Collectors.toUnmodifiableSet());

    /** Errors of earlier packets that one read may meet before the others have their turn. */
    private static final int PATIENCE = 64;

    private final LibC libc = LibC.get();
    private final FileDescriptor file;
    private final String name;
    private final ByteBuffer incoming = direct();
    private final ByteBuffer outgoing = direct();

    PacketChannel(FileDescriptor file, String name) {
        this.file = file;
        this.name = name;
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
        for (int i = 0; i < PATIENCE; i++) {
            long length = libc.read(file.number(), incoming, LONGEST);
            if (length >= 0) {
                return Optional.of(incoming.slice(0, (int) length).order(nativeOrder()));
            }
            int errno = LibC.errno();
            if (errno == Errno.EAGAIN.number()) {
                return Optional.empty();
            }
            requirePassing(errno, "read from ");
        }
        return Optional.empty();
    }

    private void requirePassing(int errno, String request) {
        if (isGone(errno)) {
            throw new NetlinkException(errno, request + name);
        }
    }

    /** Whether an errno says that nothing will come or go here any more. */
    static boolean isGone(int errno) {
        return GONE.contains(errno);
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
        if (sent < 0) {
            requirePassing(LibC.errno(), "write to ");
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
