package org.xfrmctl.it.differential;

import java.util.ArrayList;
import java.util.List;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.datapath.wire.Ipv6Header;

/** Fragments, of IPv4 packets without options and of IPv6 packets without extension headers. */
final class Pieces {
    private static final int FRAGMENT = 44;
    private static final int FRAGMENT_HEADER = 8;
    private static final int PAYLOAD_LENGTH = 4;

    private Pieces() {}

    /** All but the last have {@code unit} bytes, a multiple of 8; {@code id} is for IPv6. */
    static List<byte[]> of(byte[] packet, int unit, int id) {
        return packet[0] >> 4 == 4 ? v4(packet, unit) : v6(packet, unit, id);
    }

    private static List<byte[]> v4(byte[] packet, int unit) {
        Ipv4Header whole = Ipv4Header.read(PacketBuffer.of(packet), 0).orElseThrow();
        if (whole.isFragment() || whole.length() != Ipv4Header.LENGTH) {
            return List.of(packet);
        }
        List<byte[]> pieces = new ArrayList<>();
        int end = whole.totalLength();
        for (int at = Ipv4Header.LENGTH; at < end; at += unit) {
            int length = Math.min(unit, end - at);
            byte[] piece = new byte[Ipv4Header.LENGTH + length];
            System.arraycopy(packet, 0, piece, 0, Ipv4Header.LENGTH);
            System.arraycopy(packet, at, piece, Ipv4Header.LENGTH, length);
            PacketBuffer buffer = PacketBuffer.of(piece);
            buffer.u16(2, piece.length);
            Ipv4Header ip = Ipv4Header.read(buffer, 0).orElseThrow();
            ip.dontFragment(false);
            ip.fragment(at - Ipv4Header.LENGTH, at + length < end);
            ip.finish(piece.length);
            pieces.add(buffer.toBytes());
        }
        return pieces;
    }

    private static List<byte[]> v6(byte[] packet, int unit, int id) {
        int end = Ipv6Header.read(PacketBuffer.of(packet), 0).orElseThrow().totalLength();
        int protocol = packet[Ipv6Header.NEXT_HEADER] & 0xff;
        if (isExtension(protocol)) {
            return List.of(packet);
        }
        List<byte[]> pieces = new ArrayList<>();
        for (int at = Ipv6Header.LENGTH; at < end; at += unit) {
            int length = Math.min(unit, end - at);
            PacketBuffer piece = PacketBuffer.of(packet, at, length);
            piece.addFront(Ipv6Header.LENGTH + FRAGMENT_HEADER);
            System.arraycopy(packet, 0, piece.array(), piece.start(), Ipv6Header.LENGTH);
            piece.u16(PAYLOAD_LENGTH, FRAGMENT_HEADER + length);
            piece.u8(Ipv6Header.NEXT_HEADER, FRAGMENT);
            piece.u16(Ipv6Header.LENGTH, protocol << 8);
            piece.u16(Ipv6Header.LENGTH + 2, at - Ipv6Header.LENGTH | (at + length < end ? 1 : 0));
            piece.i32(Ipv6Header.LENGTH + 4, id);
            pieces.add(piece.toBytes());
        }
        return pieces;
    }

    private static boolean isExtension(int protocol) {
        return protocol == 0 || protocol == 43 || protocol == FRAGMENT || protocol == 60;
    }
}
