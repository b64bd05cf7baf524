package org.xfrmctl.netlink.struct;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * The C types that kernel structs are made of, each with its size, its alignment and the Java type that holds its bits.
 * Plain integers have the buffer's byte order; {@code BE} ones are in network order whatever the buffer says.
 */
public enum CType {
    U8(1, 1, byte.class),
    U16(2, 2, short.class),
    U32(4, 4, int.class),
    U64(8, 8, long.class),
    BE16(2, 2, short.class),
    BE32(4, 4, int.class),
    /** {@code xfrm_address_t}: 16 bytes, aligned as the four big-endian words that it is. */
    ADDRESS(16, 4, XfrmAddress.class),
    /** {@code char[64]} that ends at the first NUL: the name of an algorithm. */
    NAME64(64, 1, String.class);

    private final int size;
    private final int alignment;
    private final Class<?> javaType;

    CType(int size, int alignment, Class<?> javaType) {
        this.size = size;
        this.alignment = alignment;
        this.javaType = javaType;
    }

    int size() {
        return size;
    }

    int alignment() {
        return alignment;
    }

    Class<?> javaType() {
        return javaType;
    }

    /** The value at a place, for people; empty if it is zero. What is in network order is shown in hex, as it lies. */
    String describe(ByteBuffer buffer, int at) {
        return switch (this) {
            case U8 -> number(Byte.toUnsignedLong(buffer.get(at)));
            case U16 -> number(Short.toUnsignedLong(buffer.getShort(at)));
            case U32 -> number(Integer.toUnsignedLong(buffer.getInt(at)));
            case U64 -> number(buffer.getLong(at));
            case BE16, BE32, ADDRESS -> hex(buffer, at, size);
            case NAME64 -> Access.readNAME64(0, buffer, at);
        };
    }

    private static String number(long value) {
        return value == 0 ? "" : Long.toUnsignedString(value);
    }

    private static String hex(ByteBuffer buffer, int at, int size) {
        byte[] bytes = new byte[size];
        buffer.get(at, bytes);
        String digits = HexFormat.of().formatHex(bytes);
        return digits.chars().allMatch(digit -> digit == '0') ? "" : "0x" + digits;
    }
}
