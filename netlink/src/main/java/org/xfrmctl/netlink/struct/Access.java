package org.xfrmctl.netlink.struct;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** How each {@link CType} is read and written. {@code offset} is the member's, {@code base} the struct's. */
final class Access {
    private Access() {}

    static byte readU8(int offset, ByteBuffer buffer, int base) {
        return buffer.get(base + offset);
    }

    static void writeU8(int offset, ByteBuffer buffer, int base, byte value) {
        buffer.put(base + offset, value);
    }

    static short readU16(int offset, ByteBuffer buffer, int base) {
        return buffer.getShort(base + offset);
    }

    static void writeU16(int offset, ByteBuffer buffer, int base, short value) {
        buffer.putShort(base + offset, value);
    }

    static int readU32(int offset, ByteBuffer buffer, int base) {
        return buffer.getInt(base + offset);
    }

    static void writeU32(int offset, ByteBuffer buffer, int base, int value) {
        buffer.putInt(base + offset, value);
    }

    static long readU64(int offset, ByteBuffer buffer, int base) {
        return buffer.getLong(base + offset);
    }

    static void writeU64(int offset, ByteBuffer buffer, int base, long value) {
        buffer.putLong(base + offset, value);
    }

    static short readBE16(int offset, ByteBuffer buffer, int base) {
        short value = buffer.getShort(base + offset);
        return isBigEndian(buffer) ? value : Short.reverseBytes(value);
    }

    static void writeBE16(int offset, ByteBuffer buffer, int base, short value) {
        buffer.putShort(base + offset, isBigEndian(buffer) ? value : Short.reverseBytes(value));
    }

    static int readBE32(int offset, ByteBuffer buffer, int base) {
        int value = buffer.getInt(base + offset);
        return isBigEndian(buffer) ? value : Integer.reverseBytes(value);
    }

    static void writeBE32(int offset, ByteBuffer buffer, int base, int value) {
        buffer.putInt(base + offset, isBigEndian(buffer) ? value : Integer.reverseBytes(value));
    }

    static XfrmAddress readADDRESS(int offset, ByteBuffer buffer, int base) {
        return new XfrmAddress(
                readBE32(offset, buffer, base),
                readBE32(offset + 4, buffer, base),
                readBE32(offset + 8, buffer, base),
                readBE32(offset + 12, buffer, base));
    }

    static void writeADDRESS(int offset, ByteBuffer buffer, int base, XfrmAddress value) {
        writeBE32(offset, buffer, base, value.word0());
        writeBE32(offset + 4, buffer, base, value.word1());
        writeBE32(offset + 8, buffer, base, value.word2());
        writeBE32(offset + 12, buffer, base, value.word3());
    }

    static String readNAME64(int offset, ByteBuffer buffer, int base) {
        byte[] name = new byte[CType.NAME64.size()];
        buffer.get(base + offset, name);
        int length = 0;
        while (length < name.length && name[length] != 0) {
            length++;
        }
        return new String(name, 0, length, StandardCharsets.ISO_8859_1);
    }

    /** Refuses a name without room for its NUL: cut short, it could name another algorithm. */
    static void writeNAME64(int offset, ByteBuffer buffer, int base, String value) {
        byte[] name = value.getBytes(StandardCharsets.ISO_8859_1);
        if (name.length >= CType.NAME64.size()) {
            throw new IllegalArgumentException("the name \"" + value + "\" is longer than 63 bytes");
        }
        buffer.put(base + offset, name);
    }

    static int plus(int offset, int base) {
        return offset + base;
    }

    private static boolean isBigEndian(ByteBuffer buffer) {
        return buffer.order() == ByteOrder.BIG_ENDIAN;
    }
}
