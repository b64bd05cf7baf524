package org.xfrmctl.datapath.wire;

import java.util.Optional;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;

/**
 * An IPv4 header (RFC 791, section 3.1).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |Version|  IHL  |Type of Service|          Total Length         |
 * |         Identification        |Flags|      Fragment Offset    |
 * |  Time to Live |    Protocol   |         Header Checksum       |
 * |                       Source Address                          |
 * |                    Destination Address                        |
 * |                    Options                    |    Padding    |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class Ipv4Header implements IpHeader {
    /** Without options. */
    public static final int LENGTH = 20;

    public static final int DEFAULT_TTL = 64;

    static final int VERSION_IHL = 0;
    private static final int TOS = 1;
    static final int TOTAL_LENGTH = 2;
    private static final int IDENTIFICATION = 4;
    static final int FRAGMENT = 6;
    private static final int TTL = 8;
    static final int PROTOCOL = 9;
    private static final int CHECKSUM = 10;
    static final int SOURCE = 12;
    static final int DESTINATION = 16;

    private static final int DONT_FRAGMENT = 0x4000;
    private static final int MORE_FRAGMENTS = 0x2000;
    private static final int OFFSET_MASK = 0x1fff;
    /** What is not zero in a fragment. */
    static final int FRAGMENT_MASK = MORE_FRAGMENTS | OFFSET_MASK;

    private final PacketBuffer packet;
    private final int at;

    private Ipv4Header(PacketBuffer packet, int at) {
        this.packet = packet;
        this.at = at;
    }

    /** Views the header at {@code offset}; empty if it is no complete IPv4 header or states more bytes than there are. */
    public static Optional<Ipv4Header> read(PacketBuffer packet, int offset) {
        return isSound(packet, offset) ? Optional.of(new Ipv4Header(packet, offset)) : Optional.empty();
    }

    /** What {@link #read} asks: whether there is a complete header that states no more bytes than there are. */
    public static boolean isSound(PacketBuffer packet, int offset) {
        int available = packet.length() - offset;
        if (!isComplete(packet, offset)) {
            return false;
        }
        int total = packet.u16(offset + TOTAL_LENGTH);
        return total >= (packet.u8(offset + VERSION_IHL) & 0xf) * 4 && total <= available;
    }

    /** Views the packet's front without a look at it: for who knows that it {@link #isSound}, or writes it anew. */
    public static Ipv4Header at(PacketBuffer packet) {
        return new Ipv4Header(packet, 0);
    }

    /** As {@link #read}, but what follows the header may be cut short, as in the quotation of an ICMP error. */
    public static Optional<Ipv4Header> quoted(PacketBuffer packet, int offset) {
        return isComplete(packet, offset) ? Optional.of(new Ipv4Header(packet, offset)) : Optional.empty();
    }

    private static boolean isComplete(PacketBuffer packet, int offset) {
        int available = packet.length() - offset;
        if (available < LENGTH || packet.u8(offset + VERSION_IHL) >> 4 != 4) {
            return false;
        }
        int length = (packet.u8(offset + VERSION_IHL) & 0xf) * 4;
        return length >= LENGTH && length <= available;
    }

    /** Puts a 20-byte header before {@code payload}: TTL 64, everything not given zero, length and checksum right. */
    public static Ipv4Header prepend(PacketBuffer payload, IpAddress source, IpAddress destination, int protocol) {
        payload.addFront(LENGTH);
        Ipv4Header header = new Ipv4Header(payload, 0);
        header.write(source, destination, protocol);
        return header;
    }

    /** Writes what {@link #prepend} promises over whatever the view shows. */
    public void write(IpAddress source, IpAddress destination, int protocol) {
        packet.u8(at + VERSION_IHL, 0x45);
        trafficClass(0);
        identification(0);
        packet.u16(at + FRAGMENT, 0);
        hopLimit(DEFAULT_TTL);
        protocol(protocol);
        source(source);
        destination(destination);
        finish(packet.length() - at);
    }

    @Override
    public Family family() {
        return Family.INET;
    }

    @Override
    public int length() {
        return (packet.u8(at + VERSION_IHL) & 0xf) * 4;
    }

    @Override
    public int totalLength() {
        return packet.u16(at + TOTAL_LENGTH);
    }

    @Override
    public int protocol() {
        return packet.u8(at + PROTOCOL);
    }

    @Override
    public void protocol(int value) {
        packet.u8(at + PROTOCOL, value);
    }

    @Override
    public int trafficClass() {
        return packet.u8(at + TOS);
    }

    @Override
    public void trafficClass(int value) {
        packet.u8(at + TOS, value);
    }

    @Override
    public int hopLimit() {
        return packet.u8(at + TTL);
    }

    @Override
    public void hopLimit(int value) {
        packet.u8(at + TTL, value);
    }

    @Override
    public IpAddress source() {
        return IpAddress.v4(packet.i32(at + SOURCE));
    }

    @Override
    public void source(IpAddress address) {
        packet.i32(at + SOURCE, address.word0());
    }

    @Override
    public IpAddress destination() {
        return IpAddress.v4(packet.i32(at + DESTINATION));
    }

    @Override
    public void destination(IpAddress address) {
        packet.i32(at + DESTINATION, address.word0());
    }

    public int identification() {
        return packet.u16(at + IDENTIFICATION);
    }

    public void identification(int value) {
        packet.u16(at + IDENTIFICATION, value);
    }

    public boolean dontFragment() {
        return (packet.u16(at + FRAGMENT) & DONT_FRAGMENT) != 0;
    }

    public void dontFragment(boolean value) {
        int rest = packet.u16(at + FRAGMENT) & ~DONT_FRAGMENT;
        packet.u16(at + FRAGMENT, value ? rest | DONT_FRAGMENT : rest);
    }

    public boolean moreFragments() {
        return (packet.u16(at + FRAGMENT) & MORE_FRAGMENTS) != 0;
    }

    /** Where this fragment's payload belongs, in bytes. */
    public int fragmentOffset() {
        return (packet.u16(at + FRAGMENT) & OFFSET_MASK) * 8;
    }

    /** Makes this a fragment; {@code offset} is in bytes and a multiple of 8. The don't-fragment bit is kept. */
    public void fragment(int offset, boolean more) {
        int kept = packet.u16(at + FRAGMENT) & DONT_FRAGMENT;
        packet.u16(at + FRAGMENT, kept | (more ? MORE_FRAGMENTS : 0) | offset / 8);
    }

    /** Whether this is one of several fragments, the first included. */
    public boolean isFragment() {
        return (packet.u16(at + FRAGMENT) & FRAGMENT_MASK) != 0;
    }

    public boolean checksumIsValid() {
        return InternetChecksum.finish(InternetChecksum.sum(packet, at, length(), 0)) == 0;
    }

    @Override
    public void finish(int totalLength) {
        packet.u16(at + TOTAL_LENGTH, totalLength);
        packet.u16(at + CHECKSUM, 0);
        packet.u16(at + CHECKSUM, InternetChecksum.finish(InternetChecksum.sum(packet, at, length(), 0)));
    }
}
