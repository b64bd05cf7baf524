package org.xfrmctl.netlink.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.xfrmctl.netlink.MalformedMessageException;
import org.xfrmctl.netlink.struct.StructCodec;

/**
 * One attribute. A payload longer than the type asked for is fine, as it is for the kernel; a shorter one is malformed.
 *
 * @param type its number, without flags
 * @param flags {@code NLA_F_NESTED} and {@code NLA_F_NET_BYTEORDER}, in their places
 * @param offset where it begins in its message
 * @param payload a view
 */
public record Attribute(int type, int flags, int offset, ByteBuffer payload) {
    public int length() {
        return payload.limit();
    }

    public byte u8() {
        return need(1).get(0);
    }

    public short u16() {
        return need(2).getShort(0);
    }

    public int u32() {
        return need(4).getInt(0);
    }

    public long u64() {
        return need(8).getLong(0);
    }

    /** The struct that the payload begins with. */
    public <T extends Record> T struct(StructCodec<T> codec) {
        return codec.read(need(codec.size()), 0);
    }

    /** A copy of {@code length} bytes from {@code from} on. */
    public byte[] bytes(int from, int length) {
        if (length < 0 || length > payload.limit() - from) {
            throw new MalformedMessageException(
                    "attribute " + type, 4 + from, "needs " + length + " bytes, has " + (payload.limit() - from));
        }
        byte[] copy = new byte[length];
        payload.get(from, copy);
        return copy;
    }

    /** A copy of the whole payload. */
    public byte[] bytes() {
        return bytes(0, payload.limit());
    }

    /** The payload as text, up to the first NUL. */
    public String text() {
        String text = StandardCharsets.UTF_8.decode(payload.duplicate()).toString();
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    private ByteBuffer need(int length) {
        if (payload.limit() < length) {
            throw new MalformedMessageException(
                    "attribute " + type, 4, "needs " + length + " bytes, has " + payload.limit());
        }
        return payload;
    }

    @Override
    public String toString() {
        return "attribute " + type + " at " + offset + ", " + length() + " bytes";
    }
}
