package org.xfrmctl.datapath.wire;

import java.util.Optional;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.model.Family;

/**
 * A UDP header (RFC 768).
 *
 * <pre>
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |          Source Port          |       Destination Port        |
 * |            Length             |           Checksum            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class UdpHeader {
    public static final int PROTOCOL = 17;
    public static final int LENGTH = 8;

    private static final int SOURCE_PORT = 0;
    private static final int DESTINATION_PORT = 2;
    private static final int DATAGRAM_LENGTH = 4;
    private static final int CHECKSUM = 6;

    private final PacketBuffer packet;
    private final int at;

    private UdpHeader(PacketBuffer packet, int at) {
        this.packet = packet;
        this.at = at;
    }

    /** Views the header at {@code offset}; empty if its length is impossible or more than there is. */
    public static Optional<UdpHeader> read(PacketBuffer packet, int offset) {
        int available = packet.length() - offset;
        if (available < LENGTH) {
            return Optional.empty();
        }
        UdpHeader header = new UdpHeader(packet, offset);
        boolean fits = header.length() >= LENGTH && header.length() <= available;
        return fits ? Optional.of(header) : Optional.empty();
    }

    /** Puts a header before {@code payload}, without checksum: on IPv6 {@link #updateChecksum} must follow. */
    public static UdpHeader prepend(PacketBuffer payload, int sourcePort, int destinationPort) {
        payload.addFront(LENGTH);
        payload.u16(SOURCE_PORT, sourcePort);
        payload.u16(DESTINATION_PORT, destinationPort);
        payload.u16(DATAGRAM_LENGTH, payload.length());
        payload.u16(CHECKSUM, 0);
        return new UdpHeader(payload, 0);
    }

    /** States another length in the header at {@code offset}, whatever it stated; {@link #updateChecksum} must follow. */
    public static UdpHeader relength(PacketBuffer packet, int offset, int length) {
        packet.u16(offset + DATAGRAM_LENGTH, length);
        return new UdpHeader(packet, offset);
    }

    public int sourcePort() {
        return packet.u16(at + SOURCE_PORT);
    }

    public int destinationPort() {
        return packet.u16(at + DESTINATION_PORT);
    }

    /** Header and data in bytes. */
    public int length() {
        return packet.u16(at + DATAGRAM_LENGTH);
    }

    public int checksum() {
        return packet.u16(at + CHECKSUM);
    }

    /** Computes the checksum; a result of 0 is sent as 0xffff, for 0 means "none". */
    public void updateChecksum(IpHeader ip) {
        packet.u16(at + CHECKSUM, 0);
        int computed = compute(ip);
        packet.u16(at + CHECKSUM, computed == 0 ? 0xffff : computed);
    }

    /** Whether the checksum is right, or absent where that is allowed: on IPv4 (RFC 8200, section 8.1). */
    public boolean checksumIsValid(IpHeader ip) {
        return checksum() == 0 ? ip.family() == Family.INET : compute(ip) == 0;
    }

    private int compute(IpHeader ip) {
        long pseudo = InternetChecksum.pseudoHeader(ip.source(), ip.destination(), PROTOCOL, length());
        return InternetChecksum.finish(InternetChecksum.sum(packet, at, length(), pseudo));
    }
}
