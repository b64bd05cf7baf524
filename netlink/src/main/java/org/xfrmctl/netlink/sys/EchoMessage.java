package org.xfrmctl.netlink.sys;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.nio.ByteBuffer;
import org.xfrmctl.model.echo.EchoPath;

/**
 * The ICMP messages of an {@link EchoSocket} (RFC 792, RFC 4443, section 4). On a ping socket the kernel writes identifier and
 * checksum, and hands over replies without IP header; a raw socket of IPv4 leaves all to its user.
 *
 * @param raw whether the socket is raw, so that it hears every echo that comes from its peer
 */
record EchoMessage(boolean v4, boolean raw, int identifier) {
    static final int ICMP = 1;
    static final int ICMPV6 = 58;

    private static final int REQUEST_V4 = 8;
    private static final int REPLY_V4 = 0;
    private static final int REQUEST_V6 = 128;
    private static final int REPLY_V6 = 129;

    private static final int HEADER = 8;
    private static final int CHECKSUM = 2;
    private static final int IDENTIFIER = 4;
    private static final int SEQUENCE = 6;

    ByteBuffer request(int sequence, int data) {
        ByteBuffer request = ByteBuffer.allocateDirect(HEADER + data).order(BIG_ENDIAN);
        request.put(0, (byte) (v4 ? REQUEST_V4 : REQUEST_V6));
        request.putShort(IDENTIFIER, (short) identifier).putShort(SEQUENCE, (short) sequence);
        request.put(HEADER, EchoPath.content(data));
        // Of ICMPv6 the kernel makes it on a raw socket, too (RFC 3542, section 3.1).
        return v4 ? request.putShort(CHECKSUM, checksum(request)) : request;
    }

    /** RFC 1071. */
    private static short checksum(ByteBuffer message) {
        int sum = 0;
        for (int i = 0; i + 1 < message.capacity(); i += 2) {
            sum += Short.toUnsignedInt(message.getShort(i));
        }
        if (message.capacity() % 2 != 0) {
            sum += Byte.toUnsignedInt(message.get(message.capacity() - 1)) << 8;
        }
        sum = (sum >>> 16) + (sum & 0xffff);
        return (short) ~(sum + (sum >>> 16));
    }

    /** Whether a quoted message is the request of that number. */
    boolean isRequest(ByteBuffer message, int sequence) {
        return isOurs(message, 0, v4 ? REQUEST_V4 : REQUEST_V6, sequence);
    }

    /** Whether what a socket hands over is the reply to the request of that number. */
    boolean isReply(ByteBuffer message, int sequence) {
        int header = v4 && raw && message.capacity() > 0 ? (message.get(0) & 0xf) * Integer.BYTES : 0;
        return isOurs(message, header, v4 ? REPLY_V4 : REPLY_V6, sequence);
    }

    private boolean isOurs(ByteBuffer message, int at, int type, int sequence) {
        return message.capacity() >= at + HEADER
                && Byte.toUnsignedInt(message.get(at)) == type
                && Short.toUnsignedInt(message.getShort(at + SEQUENCE)) == sequence
                && (!raw || Short.toUnsignedInt(message.getShort(at + IDENTIFIER)) == identifier);
    }
}
