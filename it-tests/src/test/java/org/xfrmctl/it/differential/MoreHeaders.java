package org.xfrmctl.it.differential;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.wire.IpHeader;

/** Puts options into IPv4 headers and extension headers behind IPv6 headers: those that no host changes or answers. */
final class MoreHeaders {
    private static final int V4_LENGTH = 20;
    private static final int V6_LENGTH = 40;
    private static final int V6_NEXT = 6;
    private static final int UNIT = 4;

    /** No operation, the end of the options, router alert (RFC 2113). */
    private static final String[] OPTIONS = {"01010101", "01000000", "94040000", "9404000001010100"};

    /** For experiments (RFC 4727, section 4.3). */
    private static final byte SKIPPED = 0x1e;

    private static final int HOP_BY_HOP = 0;
    private static final int DESTINATION_OPTIONS = 60;

    private MoreHeaders() {}

    static byte[] add(byte[] packet, Random random) {
        return packet[0] >> 4 == 4
                ? options(packet, HexFormat.of().parseHex(OPTIONS[random.nextInt(OPTIONS.length)]))
                : extensions(packet, random);
    }

    private static byte[] options(byte[] packet, byte[] options) {
        byte[] longer = with(packet, V4_LENGTH, options);
        longer[0] = (byte) (0x40 | (V4_LENGTH + options.length) / UNIT);
        // The length stands in bytes 2 and 3; its checksum and the rest come from finish().
        longer[2] = (byte) (longer.length >> 8);
        longer[3] = (byte) longer.length;
        return finished(longer);
    }

    /** Hop-by-hop options may only be first. */
    private static byte[] extensions(byte[] packet, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> extension(packet, HOP_BY_HOP, padding(random));
            case 1 -> extension(packet, DESTINATION_OPTIONS, padding(random));
            case 2 -> extension(extension(packet, DESTINATION_OPTIONS, padding(random)), HOP_BY_HOP, padding(random));
            default ->
                extension(
                        extension(packet, DESTINATION_OPTIONS, padding(random)), DESTINATION_OPTIONS, padding(random));
        };
    }

    /** One option, which nobody knows and all skip: what hosts think of padding is not the same everywhere. */
    private static byte[] padding(Random random) {
        byte[] header = new byte[8 * (1 + random.nextInt(3))];
        header[1] = (byte) (header.length / 8 - 1);
        header[2] = SKIPPED;
        header[3] = (byte) (header.length - UNIT);
        return header;
    }

    private static byte[] extension(byte[] packet, int protocol, byte[] header) {
        byte[] chained = header.clone();
        chained[0] = packet[V6_NEXT];
        byte[] longer = with(packet, V6_LENGTH, chained);
        longer[V6_NEXT] = (byte) protocol;
        int payload = longer.length - V6_LENGTH;
        longer[4] = (byte) (payload >> 8);
        longer[5] = (byte) payload;
        return longer;
    }

    private static byte[] with(byte[] packet, int at, byte[] more) {
        byte[] longer = Arrays.copyOf(packet, packet.length + more.length);
        System.arraycopy(more, 0, longer, at, more.length);
        System.arraycopy(packet, at, longer, at + more.length, packet.length - at);
        return longer;
    }

    private static byte[] finished(byte[] packet) {
        PacketBuffer buffer = PacketBuffer.of(packet);
        IpHeader.read(buffer).orElseThrow().finish(packet.length);
        return buffer.toBytes();
    }
}
