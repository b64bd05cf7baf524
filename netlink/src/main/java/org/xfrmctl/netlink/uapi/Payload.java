package org.xfrmctl.netlink.uapi;

import java.util.Optional;
import org.xfrmctl.netlink.struct.StructCodec;

/**
 * What an attribute's payload is. {@link Xfrma} and its kin have one for every type they know.
 *
 * @param form how to read it
 * @param shortest how many bytes there must be at least; kernels pass over what is more
 * @param struct what it, or each of its entries, begins with
 */
public record Payload(Form form, int shortest, Optional<StructCodec<?>> struct) {
    /** Numbers are in host order unless the attribute says otherwise. */
    public enum Form {
        /** Nothing: to be there is all that it says. */
        FLAG,
        U8,
        U16,
        U32,
        U64,
        /** One struct. */
        STRUCT,
        /** Structs of one kind, one behind the other. */
        STRUCTS,
        /** A struct, and bytes of which it tells how many: a bitmap, a label. */
        STRUCT_AND_BYTES,
        /** A struct, and a key, which must never be shown. */
        STRUCT_AND_KEY,
        /** Up to a NUL. */
        TEXT,
        /** Attributes. */
        NESTED,
        BYTES
    }

    public static final Payload FLAG = new Payload(Form.FLAG, 0, Optional.empty());
    public static final Payload U8 = new Payload(Form.U8, 1, Optional.empty());
    public static final Payload U16 = new Payload(Form.U16, 2, Optional.empty());
    public static final Payload U32 = new Payload(Form.U32, 4, Optional.empty());
    public static final Payload U64 = new Payload(Form.U64, 8, Optional.empty());
    public static final Payload TEXT = new Payload(Form.TEXT, 0, Optional.empty());
    public static final Payload NESTED = new Payload(Form.NESTED, 0, Optional.empty());
    public static final Payload BYTES = new Payload(Form.BYTES, 0, Optional.empty());

    static Payload of(StructCodec<?> struct) {
        return of(Form.STRUCT, struct);
    }

    static Payload of(Form form, StructCodec<?> struct) {
        return new Payload(form, struct.size(), Optional.of(struct));
    }

    /** Whether {@link #shortest} is also the most that there is to know. */
    public boolean hasOneLength() {
        return switch (form) {
            case FLAG, U8, U16, U32, U64, STRUCT -> true;
            case STRUCTS, STRUCT_AND_BYTES, STRUCT_AND_KEY, TEXT, NESTED, BYTES -> false;
        };
    }
}
