package org.xfrmctl.cli.daemon;

import static java.nio.ByteOrder.nativeOrder;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What the first datagram of a connection asks: to be a netlink socket, or something of one that is open. The same as
 * {@code struct request} in {@code preload/xfrmctl-preload.c}.
 *
 * @param port of the socket that is meant
 * @param wanted the port to have (BIND; 0 for the one it has) or a group (JOIN, LEAVE)
 * @param groups those of the first 32 groups to be in, lowest bit first (BIND)
 */
record DoorRequest(Operation operation, int port, int wanted, int groups) {
    private static final int MAGIC = 0x78667231;
    private static final int SIZE = 5 * Integer.BYTES;
    private static final int ANSWER = 2 * Integer.BYTES;

    /** In the order of their numbers, from 1. */
    enum Operation {
        OPEN,
        BIND,
        JOIN,
        LEAVE
    }

    /** Empty if it is nothing of the kind. */
    static Optional<DoorRequest> read(ByteBuffer datagram) {
        if (datagram.remaining() != SIZE || datagram.getInt(0) != MAGIC) {
            return Optional.empty();
        }
        int operation = datagram.getInt(4) - 1;
        if (operation < 0 || operation >= Operation.values().length) {
            return Optional.empty();
        }
        return Optional.of(new DoorRequest(
                Operation.values()[operation], datagram.getInt(8), datagram.getInt(12), datagram.getInt(16)));
    }

    ByteBuffer bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(SIZE).order(nativeOrder());
        return bytes.putInt(MAGIC)
                .putInt(operation.ordinal() + 1)
                .putInt(port)
                .putInt(wanted)
                .putInt(groups)
                .flip();
    }

    /** {@code struct answer}: it was done, and this is the socket's port now. */
    static ByteBuffer done(int port) {
        return ByteBuffer.allocate(ANSWER)
                .order(nativeOrder())
                .putInt(0)
                .putInt(port)
                .flip();
    }

    /** {@code struct answer}: it was refused, with an errno. */
    static ByteBuffer refused(int errno) {
        return ByteBuffer.allocate(ANSWER)
                .order(nativeOrder())
                .putInt(errno)
                .putInt(0)
                .flip();
    }
}
