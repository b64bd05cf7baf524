package org.xfrmctl.datapath.wire;

import java.util.Optional;
import org.xfrmctl.datapath.PacketBuffer;

/**
 * The IPv6 fragment header (RFC 8200, section 4.5).
 *
 * <pre>
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Next Header  |   Reserved    |      Fragment Offset    |Res|M|
 * |                         Identification                        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class FragmentHeader {
    public static final int PROTOCOL = 44;
    public static final int LENGTH = 8;

    private static final int NEXT_HEADER = 0;
    private static final int RESERVED = 1;
    private static final int OFFSET_AND_MORE = 2;
    private static final int IDENTIFICATION = 4;

    private final PacketBuffer packet;
    private final int at;

    private FragmentHeader(PacketBuffer packet, int at) {
        this.packet = packet;
        this.at = at;
    }

    public static Optional<FragmentHeader> read(PacketBuffer packet, int offset) {
        return packet.length() - offset < LENGTH ? Optional.empty() : Optional.of(new FragmentHeader(packet, offset));
    }

    /** Writes a header into eight bytes that are already part of the packet; {@code offset} is a multiple of 8. */
    public static void write(
            PacketBuffer packet, int at, int nextHeader, int offset, boolean more, int identification) {
        packet.u8(at + NEXT_HEADER, nextHeader);
        packet.u8(at + RESERVED, 0);
        packet.u16(at + OFFSET_AND_MORE, offset | (more ? 1 : 0));
        packet.i32(at + IDENTIFICATION, identification);
    }

    public int nextHeader() {
        return packet.u8(at + NEXT_HEADER);
    }

    /** Where this fragment's payload belongs, in bytes. */
    public int offset() {
        return packet.u16(at + OFFSET_AND_MORE) & 0xfff8;
    }

    public boolean more() {
        return (packet.u16(at + OFFSET_AND_MORE) & 1) != 0;
    }

    public int identification() {
        return packet.i32(at + IDENTIFICATION);
    }
}
