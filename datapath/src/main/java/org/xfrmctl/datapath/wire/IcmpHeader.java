package org.xfrmctl.datapath.wire;

import java.util.Optional;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.model.Family;

/**
 * The first eight bytes of an ICMP (RFC 792) or ICMPv6 (RFC 4443) message.
 *
 * <pre>
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |     Type      |     Code      |          Checksum             |
 * |            rest: Identifier and Sequence, MTU, ...            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class IcmpHeader {
    public static final int LENGTH = 8;
    public static final int PROTOCOL_V4 = 1;
    public static final int PROTOCOL_V6 = 58;

    public static final int V4_ECHO_REPLY = 0;
    public static final int V4_UNREACHABLE = 3;
    /** The code of {@link #V4_UNREACHABLE} that carries an MTU in the lower 16 bits of {@link #rest()} (RFC 1191). */
    public static final int V4_FRAGMENTATION_NEEDED = 4;

    /** The code of {@link #V4_UNREACHABLE} for a port on which nobody listens. */
    public static final int V4_PORT = 3;
    /** The code of {@link #V4_UNREACHABLE} for a protocol that nobody takes. */
    public static final int V4_PROTOCOL = 2;

    public static final int V6_PARAMETER_PROBLEM = 4;
    /** The code of {@link #V6_PARAMETER_PROBLEM} for a protocol that nobody takes. */
    public static final int V6_NEXT_HEADER = 1;

    public static final int V4_ECHO_REQUEST = 8;
    public static final int V4_TIME_EXCEEDED = 11;

    public static final int V6_UNREACHABLE = 1;
    /** The code of {@link #V6_UNREACHABLE} for what an administrator forbids. */
    public static final int V6_PROHIBITED = 1;
    /** The code of {@link #V6_UNREACHABLE} for a port on which nobody listens. */
    public static final int V6_PORT = 4;
    /** Carries an MTU in {@link #rest()}. */
    public static final int V6_PACKET_TOO_BIG = 2;

    public static final int V6_TIME_EXCEEDED = 3;
    public static final int V6_ECHO_REQUEST = 128;
    public static final int V6_ECHO_REPLY = 129;

    private static final int TYPE = 0;
    private static final int CODE = 1;
    private static final int CHECKSUM = 2;
    private static final int REST = 4;

    private final PacketBuffer packet;
    private final int at;

    private IcmpHeader(PacketBuffer packet, int at) {
        this.packet = packet;
        this.at = at;
    }

    public static Optional<IcmpHeader> read(PacketBuffer packet, int offset) {
        return packet.length() - offset < LENGTH ? Optional.empty() : Optional.of(new IcmpHeader(packet, offset));
    }

    /** Puts a header before {@code body}; {@link #updateChecksum} must follow when the IP header stands. */
    public static IcmpHeader prepend(PacketBuffer body, int type, int code, int rest) {
        body.addFront(LENGTH);
        body.u8(TYPE, type);
        body.u8(CODE, code);
        body.u16(CHECKSUM, 0);
        body.i32(REST, rest);
        return new IcmpHeader(body, 0);
    }

    public int type() {
        return packet.u8(at + TYPE);
    }

    public int code() {
        return packet.u8(at + CODE);
    }

    /** The second word, which each type uses in its own way. */
    public int rest() {
        return packet.i32(at + REST);
    }

    /** The checksum over {@code length} bytes of message; ICMPv6 includes the addresses of {@code ip}, ICMP does not. */
    public void updateChecksum(IpHeader ip, int length) {
        packet.u16(at + CHECKSUM, 0);
        packet.u16(at + CHECKSUM, compute(ip, length));
    }

    public boolean checksumIsValid(IpHeader ip, int length) {
        return compute(ip, length) == 0;
    }

    private int compute(IpHeader ip, int length) {
        long start = ip.family() == Family.INET6
                ? InternetChecksum.pseudoHeader(ip.source(), ip.destination(), PROTOCOL_V6, length)
                : 0;
        return InternetChecksum.finish(InternetChecksum.sum(packet, at, length, start));
    }
}
