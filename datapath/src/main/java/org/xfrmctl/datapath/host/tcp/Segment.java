package org.xfrmctl.datapath.host.tcp;

import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.TcpHeader;
import org.xfrmctl.model.Bytes;

/** One segment without its ports. The names are those of RFC 9293, section 3.3.1: SEG.SEQ, SEG.ACK, SEG.WND, SEG.LEN. */
record Segment(int sequence, int acknowledgment, int control, int window, OptionalInt mss, Bytes data) {
    static final int FIN = TcpHeader.FIN;
    static final int SYN = TcpHeader.SYN;
    static final int RST = TcpHeader.RST;
    static final int PSH = TcpHeader.PSH;
    static final int ACK = TcpHeader.ACK;

    /** Reads a segment of {@code length} bytes; empty if its header is incomplete or the checksum wrong. */
    static Optional<Segment> read(PacketBuffer packet, IpHeader ip, int at, int length) {
        return TcpHeader.read(packet, at)
                .filter(tcp -> tcp.length() <= length && tcp.checksumIsValid(ip, length))
                .map(tcp -> new Segment(
                        tcp.sequence(),
                        tcp.acknowledgment(),
                        tcp.control(),
                        tcp.window(),
                        tcp.mss(),
                        data(packet, at + tcp.length(), length - tcp.length())));
    }

    /** A segment without data. */
    static Segment bare(int sequence, int acknowledgment, int control, int window) {
        return new Segment(sequence, acknowledgment, control, window, OptionalInt.empty(), Bytes.EMPTY);
    }

    private static Bytes data(PacketBuffer packet, int offset, int length) {
        byte[] data = new byte[length];
        System.arraycopy(packet.array(), packet.start() + offset, data, 0, length);
        return Bytes.of(data);
    }

    boolean has(int bit) {
        return (control & bit) != 0;
    }

    /** The sequence numbers that it takes: SYN and FIN count as a byte each. */
    int length() {
        return data.length() + (has(SYN) ? 1 : 0) + (has(FIN) ? 1 : 0);
    }

    /** The bytes, still without checksum. */
    PacketBuffer toBuffer(Ends ends) {
        PacketBuffer buffer = PacketBuffer.of(data.toArray());
        TcpHeader.prepend(buffer, ends.localPort(), ends.remotePort(), mss)
                .fill(sequence, acknowledgment, control, window);
        return buffer;
    }
}
