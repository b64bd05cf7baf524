package org.xfrmctl.datapath.wire;

import java.util.Optional;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;

/**
 * The fixed IPv6 header (RFC 8200, section 3); {@link Ipv6Chain} walks what follows it.
 *
 * <pre>
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |Version| Traffic Class |           Flow Label                  |
 * |         Payload Length        |  Next Header  |   Hop Limit   |
 * |                    Source Address (16 bytes)                  |
 * |                  Destination Address (16 bytes)               |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class Ipv6Header implements IpHeader {
    public static final int LENGTH = 40;
    public static final int DEFAULT_HOP_LIMIT = 64;
    /** The byte that names what follows the fixed header. */
    public static final int NEXT_HEADER = 6;

    private static final int VERSION_CLASS_LABEL = 0;
    static final int PAYLOAD_LENGTH = 4;
    private static final int HOP_LIMIT = 7;
    static final int SOURCE = 8;
    static final int DESTINATION = 24;

    private static final int CLASS_SHIFT = 20;
    private static final int CLASS_MASK = 0x0ff00000;
    private static final int LABEL_MASK = 0x000fffff;

    private final PacketBuffer packet;
    private final int at;

    private Ipv6Header(PacketBuffer packet, int at) {
        this.packet = packet;
        this.at = at;
    }

    /** Views the header at {@code offset}; empty if it is no complete IPv6 header or states more bytes than there are. */
    public static Optional<Ipv6Header> read(PacketBuffer packet, int offset) {
        return isSound(packet, offset) ? Optional.of(new Ipv6Header(packet, offset)) : Optional.empty();
    }

    /** What {@link #read} asks: whether there is a complete header that states no more bytes than there are. */
    public static boolean isSound(PacketBuffer packet, int offset) {
        return isComplete(packet, offset) && LENGTH + packet.u16(offset + PAYLOAD_LENGTH) <= packet.length() - offset;
    }

    /** Views the packet's front without a look at it: for who knows that it {@link #isSound}, or writes it anew. */
    public static Ipv6Header at(PacketBuffer packet) {
        return new Ipv6Header(packet, 0);
    }

    /** As {@link #read}, but what follows the header may be cut short, as in the quotation of an ICMP error. */
    public static Optional<Ipv6Header> quoted(PacketBuffer packet, int offset) {
        return isComplete(packet, offset) ? Optional.of(new Ipv6Header(packet, offset)) : Optional.empty();
    }

    private static boolean isComplete(PacketBuffer packet, int offset) {
        return packet.length() - offset >= LENGTH && packet.u8(offset) >> 4 == 6;
    }

    /** Puts a header before {@code payload}: hop limit 64, everything not given zero, the length right. */
    public static Ipv6Header prepend(PacketBuffer payload, IpAddress source, IpAddress destination, int nextHeader) {
        payload.addFront(LENGTH);
        Ipv6Header header = new Ipv6Header(payload, 0);
        header.write(source, destination, nextHeader);
        return header;
    }

    /** Writes what {@link #prepend} promises over whatever the view shows. */
    public void write(IpAddress source, IpAddress destination, int nextHeader) {
        packet.i32(at + VERSION_CLASS_LABEL, 6 << 28);
        protocol(nextHeader);
        hopLimit(DEFAULT_HOP_LIMIT);
        source(source);
        destination(destination);
        finish(packet.length() - at);
    }

    @Override
    public Family family() {
        return Family.INET6;
    }

    @Override
    public int length() {
        return LENGTH;
    }

    @Override
    public int totalLength() {
        return LENGTH + packet.u16(at + PAYLOAD_LENGTH);
    }

    @Override
    public int protocol() {
        return packet.u8(at + NEXT_HEADER);
    }

    @Override
    public void protocol(int value) {
        packet.u8(at + NEXT_HEADER, value);
    }

    @Override
    public int trafficClass() {
        return packet.i32(at + VERSION_CLASS_LABEL) >> CLASS_SHIFT & 0xff;
    }

    @Override
    public void trafficClass(int value) {
        int rest = packet.i32(at + VERSION_CLASS_LABEL) & ~CLASS_MASK;
        packet.i32(at + VERSION_CLASS_LABEL, rest | value << CLASS_SHIFT);
    }

    public int flowLabel() {
        return packet.i32(at + VERSION_CLASS_LABEL) & LABEL_MASK;
    }

    public void flowLabel(int value) {
        int rest = packet.i32(at + VERSION_CLASS_LABEL) & ~LABEL_MASK;
        packet.i32(at + VERSION_CLASS_LABEL, rest | (value & LABEL_MASK));
    }

    @Override
    public int hopLimit() {
        return packet.u8(at + HOP_LIMIT);
    }

    @Override
    public void hopLimit(int value) {
        packet.u8(at + HOP_LIMIT, value);
    }

    @Override
    public IpAddress source() {
        return address(at + SOURCE);
    }

    @Override
    public void source(IpAddress address) {
        address(at + SOURCE, address);
    }

    @Override
    public IpAddress destination() {
        return address(at + DESTINATION);
    }

    @Override
    public void destination(IpAddress address) {
        address(at + DESTINATION, address);
    }

    @Override
    public void finish(int totalLength) {
        packet.u16(at + PAYLOAD_LENGTH, totalLength - LENGTH);
    }

    private IpAddress address(int offset) {
        return new IpAddress(
                Family.INET6,
                packet.i32(offset),
                packet.i32(offset + 4),
                packet.i32(offset + 8),
                packet.i32(offset + 12));
    }

    private void address(int offset, IpAddress address) {
        packet.i32(offset, address.word0());
        packet.i32(offset + 4, address.word1());
        packet.i32(offset + 8, address.word2());
        packet.i32(offset + 12, address.word3());
    }
}
