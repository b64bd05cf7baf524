package org.xfrmctl.it.differential;

import java.util.ArrayList;
import java.util.List;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.wire.Ipv4Header;

/** Fragments of an IPv4 packet without options, as a router would make them. */
final class Pieces {
    private Pieces() {}

    static List<byte[]> of(byte[] packet, int unit) {
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
}
