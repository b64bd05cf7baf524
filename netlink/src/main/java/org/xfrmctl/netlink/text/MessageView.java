package org.xfrmctl.netlink.text;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.struct.StructCodec;

/**
 * A message's bytes as {@code ip} reads them: it does not always look whether an attribute has them, and then takes what
 * follows in its buffer. So does this, with zeros behind the message's end; but where keys are hidden, zeros stand behind
 * an attribute too, for what follows may be a key.
 */
final class MessageView {
    private final ByteBuffer bytes;
    private final boolean readsOn;

    MessageView(NetlinkMessage message, boolean readsOn) {
        this.bytes = message.bytes();
        this.readsOn = readsOn;
    }

    /** Where the message ends, header included. */
    int end() {
        return bytes.limit();
    }

    /** Whether the body is long enough for a struct and its padding; if not, that is noted in the page's margin. */
    boolean hasBody(TextPage page, StructCodec<?> codec) {
        int length = end() - NetlinkMessage.HEADER;
        int needed = codec.size() + 3 & ~3;
        if (length < needed) {
            page.complain(codec.name() + " needs " + needed + " bytes, the message has " + length);
        }
        return length >= needed;
    }

    /** The struct that the body begins with, zeros for what the message lacks of it. */
    <T extends Record> T body(StructCodec<T> codec) {
        return struct(codec, NetlinkMessage.HEADER, end());
    }

    /** The struct at {@code at} in a payload that ends at {@code end}. */
    <T extends Record> T struct(StructCodec<T> codec, int at, int end) {
        return at + codec.size() <= last(end) ? codec.read(bytes, at) : codec.read(padded(at, codec.size(), end), 0);
    }

    int u8(int at, int end) {
        return at < last(end) ? Byte.toUnsignedInt(bytes.get(at)) : 0;
    }

    int u16(int at, int end) {
        short bits = at + Short.BYTES <= last(end)
                ? bytes.getShort(at)
                : padded(at, Short.BYTES, end).getShort(0);
        return Short.toUnsignedInt(bits);
    }

    int u32(int at, int end) {
        return at + Integer.BYTES <= last(end)
                ? bytes.getInt(at)
                : padded(at, Integer.BYTES, end).getInt(0);
    }

    /** 8 bytes that must be there. */
    long u64(int at) {
        return bytes.getLong(at);
    }

    /** Prints bytes up to the first NUL, at most {@code most} of them, each as the character of the same number. */
    void text(TextPage page, int at, int most, int end) {
        for (int i = 0; i < most && at + i < last(end); i++) {
            int character = u8(at + i, end);
            if (character == 0) {
                return;
            }
            page.put((char) character);
        }
    }

    /** Whether {@code length} bytes from {@code at} on are zero; they must be there. */
    boolean isZero(int at, int length) {
        int bits = 0;
        for (int i = at; i < at + length; i++) {
            bits |= bytes.get(i);
        }
        return bits == 0;
    }

    /** Two bytes in network order as this message's machine shows them that forgets to convert them. */
    short unconverted(short value) {
        return bytes.order() == ByteOrder.BIG_ENDIAN ? value : Short.reverseBytes(value);
    }

    private int last(int end) {
        return readsOn ? end() : end;
    }

    private ByteBuffer padded(int at, int size, int end) {
        ByteBuffer copy = ByteBuffer.allocate(size).order(bytes.order());
        for (int i = 0; i < size && at + i < last(end); i++) {
            copy.put(i, bytes.get(at + i));
        }
        return copy;
    }
}
