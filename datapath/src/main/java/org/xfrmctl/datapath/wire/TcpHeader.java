package org.xfrmctl.datapath.wire;

import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.datapath.PacketBuffer;

/**
 * A TCP header (RFC 9293, section 3.1). Of the options only the maximum segment size is read.
 *
 * <pre>
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |          Source Port          |       Destination Port        |
 * |                        Sequence Number                        |
 * |                    Acknowledgment Number                      |
 * |  Data |       |C|E|U|A|P|R|S|F|                               |
 * | Offset| Rsrvd |W|C|R|C|S|S|Y|I|            Window             |
 * |       |       |R|E|G|K|H|T|N|N|                               |
 * |           Checksum            |         Urgent Pointer        |
 * |                           [Options]                           |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class TcpHeader {
    public static final int PROTOCOL = 6;
    /** Without options. */
    public static final int LENGTH = 20;

    public static final int FIN = 0x01;
    public static final int SYN = 0x02;
    public static final int RST = 0x04;
    public static final int PSH = 0x08;
    public static final int ACK = 0x10;
    /** Sent once, whatever it stands in front of: the sender has slowed down (RFC 3168, section 6.1.2). */
    private static final int CWR = 0x80;

    /** Where the sequence number stands: within the eight bytes that every ICMP error quotes. */
    public static final int SEQUENCE = 4;

    private static final int SOURCE_PORT = 0;
    private static final int DESTINATION_PORT = 2;
    private static final int ACKNOWLEDGMENT = 8;
    private static final int OFFSET_AND_CONTROL = 12;
    private static final int WINDOW = 14;
    private static final int CHECKSUM = 16;
    private static final int URGENT = 18;

    private static final int CONTROL_MASK = 0x3f;
    private static final int OPTION_END = 0;
    private static final int OPTION_NONE = 1;
    private static final int OPTION_MSS = 2;
    private static final int MSS_LENGTH = 4;

    private final PacketBuffer packet;
    private final int at;

    private TcpHeader(PacketBuffer packet, int at) {
        this.packet = packet;
        this.at = at;
    }

    /** Views the header at {@code offset}; empty if it is not complete with its options. */
    public static Optional<TcpHeader> read(PacketBuffer packet, int offset) {
        if (packet.length() - offset < LENGTH) {
            return Optional.empty();
        }
        TcpHeader header = new TcpHeader(packet, offset);
        boolean fits = header.length() >= LENGTH && header.length() <= packet.length() - offset;
        return fits ? Optional.of(header) : Optional.empty();
    }

    /** Puts a header before {@code payload}; {@link #updateChecksum} must follow. With {@code mss} it has that option. */
    public static TcpHeader prepend(PacketBuffer payload, int sourcePort, int destinationPort, OptionalInt mss) {
        int length = mss.isPresent() ? LENGTH + MSS_LENGTH : LENGTH;
        payload.addFront(length);
        payload.u16(SOURCE_PORT, sourcePort);
        payload.u16(DESTINATION_PORT, destinationPort);
        payload.u16(OFFSET_AND_CONTROL, (length / 4) << 12);
        payload.u16(CHECKSUM, 0);
        payload.u16(URGENT, 0);
        if (mss.isPresent()) {
            payload.u16(LENGTH, OPTION_MSS << 8 | MSS_LENGTH);
            payload.u16(LENGTH + 2, mss.getAsInt());
        }
        return new TcpHeader(payload, 0);
    }

    /** Fills in what {@link #prepend} left open. */
    public void fill(int sequence, int acknowledgment, int control, int window) {
        packet.i32(at + SEQUENCE, sequence);
        packet.i32(at + ACKNOWLEDGMENT, acknowledgment);
        packet.u16(at + OFFSET_AND_CONTROL, (packet.u16(at + OFFSET_AND_CONTROL) & 0xf000) | control);
        packet.u16(at + WINDOW, window);
    }

    /** Makes the header of a segment that of a part of it, {@code offset} bytes behind its start; a checksum must follow. */
    public void cut(int offset, boolean last) {
        packet.i32(at + SEQUENCE, sequence() + offset);
        int elsewhere = (offset > 0 ? CWR : 0) | (last ? 0 : FIN | PSH);
        packet.u16(at + OFFSET_AND_CONTROL, packet.u16(at + OFFSET_AND_CONTROL) & ~elsewhere);
    }

    public int sourcePort() {
        return packet.u16(at + SOURCE_PORT);
    }

    public int destinationPort() {
        return packet.u16(at + DESTINATION_PORT);
    }

    public int sequence() {
        return packet.i32(at + SEQUENCE);
    }

    public int acknowledgment() {
        return packet.i32(at + ACKNOWLEDGMENT);
    }

    /** With the options. */
    public int length() {
        return (packet.u16(at + OFFSET_AND_CONTROL) >> 12) * 4;
    }

    /** The bits from URG to FIN. */
    public int control() {
        return packet.u16(at + OFFSET_AND_CONTROL) & CONTROL_MASK;
    }

    public int window() {
        return packet.u16(at + WINDOW);
    }

    /** The sender's maximum segment size, if it is told; options behind a malformed one are not read. */
    public OptionalInt mss() {
        int end = at + length();
        int option = at + LENGTH;
        while (option < end && packet.u8(option) != OPTION_END) {
            if (packet.u8(option) == OPTION_NONE) {
                option++;
                continue;
            }
            int length = option + 1 < end ? packet.u8(option + 1) : 0;
            if (length < 2 || option + length > end) {
                return OptionalInt.empty();
            }
            if (packet.u8(option) == OPTION_MSS && length == MSS_LENGTH) {
                return OptionalInt.of(packet.u16(option + 2));
            }
            option += length;
        }
        return OptionalInt.empty();
    }

    /** Computes the checksum over {@code length} bytes: the header and its data. */
    public void updateChecksum(IpHeader ip, int length) {
        packet.u16(at + CHECKSUM, 0);
        packet.u16(at + CHECKSUM, compute(ip, length));
    }

    public boolean checksumIsValid(IpHeader ip, int length) {
        return compute(ip, length) == 0;
    }

    private int compute(IpHeader ip, int length) {
        long pseudo = InternetChecksum.pseudoHeader(ip.source(), ip.destination(), PROTOCOL, length);
        return InternetChecksum.finish(InternetChecksum.sum(packet, at, length, pseudo));
    }
}
