package org.xfrmctl.netlink.struct;

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
}
