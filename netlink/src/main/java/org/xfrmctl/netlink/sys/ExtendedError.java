package org.xfrmctl.netlink.sys;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.xfrmctl.model.IpAddress;

/**
 * {@code struct sock_extended_err} and the {@code struct sockaddr} behind it (ip(7), IP_RECVERR): why a packet of a socket was
 * not sent, or not delivered.
 *
 * @param type of the ICMP message
 * @param info the MTU, if that is what it is about
 * @param offender who sent the ICMP message
 */
record ExtendedError(int errno, Origin origin, int type, int code, int info, Optional<IpAddress> offender) {
    private static final int ORIGIN = 4;
    private static final int TYPE = 5;
    private static final int CODE = 6;
    private static final int INFO = 8;
    private static final int SIZE = 16;

    /** Where a {@code sockaddr_in} and a {@code sockaddr_in6} have the address. */
    private static final int IN_ADDRESS = 4;

    private static final int IN6_ADDRESS = 8;

    /** Who found it. */
    enum Origin {
        LOCAL,
        ICMP,
        OTHER
    }

    /** Reads the data of the control message; in the machine's byte order. */
    static ExtendedError read(ByteBuffer data) {
        return new ExtendedError(
                data.getInt(0),
                origin(data.get(ORIGIN)),
                Byte.toUnsignedInt(data.get(TYPE)),
                Byte.toUnsignedInt(data.get(CODE)),
                data.getInt(INFO),
                offender(data));
    }

    /** SO_EE_ORIGIN_LOCAL, _ICMP, _ICMP6. */
    private static Origin origin(int number) {
        return switch (number) {
            case 1 -> Origin.LOCAL;
            case 2, 3 -> Origin.ICMP;
            default -> Origin.OTHER;
        };
    }

    private static Optional<IpAddress> offender(ByteBuffer data) {
        if (data.capacity() < SIZE + Short.BYTES) {
            return Optional.empty();
        }
        return switch (data.getShort(SIZE)) {
            case LibC.AF_INET -> address(data, SIZE + IN_ADDRESS, 4);
            case LibC.AF_INET6 -> address(data, SIZE + IN6_ADDRESS, 16);
            default -> Optional.empty();
        };
    }

    private static Optional<IpAddress> address(ByteBuffer data, int at, int length) {
        if (data.capacity() < at + length) {
            return Optional.empty();
        }
        byte[] address = new byte[length];
        data.get(at, address);
        return Optional.of(IpAddress.of(address));
    }
}
