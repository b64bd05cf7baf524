package org.xfrmctl.datapath.kernel;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A NEWSA message in the words of the captured tables, read at the offsets of x86-64. */
public final class StateText {
    public static final int LENGTH = 224;
    private static final int BODY = 16;

    private StateText() {}

    private static String address(byte[] message, int at) {
        return IntStream.range(0, 4)
                .mapToObj(i -> Integer.toString(Byte.toUnsignedInt(message[BODY + at + i])))
                .collect(Collectors.joining("."));
    }

    /** One line of a dump. */
    public static String brief(byte[] message) {
        ByteBuffer buffer = KernelFixtures.buffer(message);
        return String.format(
                "%s %s proto %d spi 0x%x mode %d reqid %d flags %d rwin %d %s",
                address(message, 80),
                address(message, 56),
                Byte.toUnsignedInt(message[BODY + 76]),
                ByteBuffer.wrap(message).getInt(BODY + 72),
                message[BODY + 214],
                buffer.getInt(BODY + 208),
                Byte.toUnsignedInt(message[BODY + 216]),
                Byte.toUnsignedInt(message[BODY + 215]),
                attributes(message, LENGTH, false));
    }

    /** The fields of a state, without the closing brace, so that attributes may stand among them. */
    public static String fields(byte[] message) {
        ByteBuffer buffer = KernelFixtures.buffer(message);
        return String.format(
                "{'dst': '%s', 'src': '%s', 'spi': %s, 'proto': %d, 'bytes': %d, 'packets': %d, 'add': %d, 'use': %d,"
                        + " 'rw': %d, 'rp': %d, 'integ': %d, 'seq': %d, 'reqid': %d, 'mode': %d, 'rwin': %d, 'flags': %d",
                address(message, 56),
                address(message, 80),
                Integer.toUnsignedString(ByteBuffer.wrap(message).getInt(BODY + 72)),
                message[BODY + 76],
                buffer.getLong(BODY + 160),
                buffer.getLong(BODY + 168),
                buffer.getLong(BODY + 176),
                buffer.getLong(BODY + 184),
                buffer.getInt(BODY + 192),
                buffer.getInt(BODY + 196),
                buffer.getInt(BODY + 200),
                buffer.getInt(BODY + 204),
                buffer.getInt(BODY + 208),
                message[BODY + 214],
                Byte.toUnsignedInt(message[BODY + 215]),
                Byte.toUnsignedInt(message[BODY + 216]));
    }

    public static int family(byte[] message) {
        return KernelFixtures.buffer(message).getShort(BODY + 212);
    }

    /** Everything of a state but what its attributes say. */
    public static String full(byte[] message) {
        ByteBuffer buffer = KernelFixtures.buffer(message);
        String limits = IntStream.range(0, 8)
                .mapToObj(i -> Long.toUnsignedString(buffer.getLong(BODY + 96 + 8 * i)))
                .collect(Collectors.joining(", "));
        return fields(message) + ", 'family': " + family(message) + "} "
                + attributes(message, LENGTH, false) + " lft (" + limits + ") sel "
                + HexFormat.of().formatHex(message, BODY, BODY + 56);
    }

    /** The attributes behind a body, each as its number and length, or its number and its bytes. */
    public static String attributes(byte[] message, int body, boolean values) {
        ByteBuffer buffer = KernelFixtures.buffer(message);
        StringBuilder text = new StringBuilder("[");
        for (int at = 16 + body; at < message.length; at += (buffer.getShort(at) + 3) & ~3) {
            int length = buffer.getShort(at) - 4;
            String value =
                    values ? "'" + HexFormat.of().formatHex(message, at + 4, at + 4 + length) + "'" : "" + length;
            text.append(text.length() > 1 ? ", " : "")
                    .append('(')
                    .append(buffer.getShort(at + 2))
                    .append(", ");
            text.append(value).append(')');
        }
        return text.append(']').toString();
    }
}
