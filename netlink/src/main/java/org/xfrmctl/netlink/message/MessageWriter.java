package org.xfrmctl.netlink.message;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.Consumer;
import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.uapi.Netlink;
import org.xfrmctl.netlink.uapi.Nlmsghdr;

/**
 * Writes messages one behind the other into one datagram. This is the one place that writes lengths and padding. Not safe
 * for several threads. {@link #clear()} wipes what was written, for it may hold keys.
 */
public final class MessageWriter {
    private static final int ATTRIBUTE_HEADER = 4;
    private static final int LONGEST_ATTRIBUTE = 0xffff;
    private static final byte[] NOTHING = {};

    /** Replaced as it grows: reserve first, then take it. */
    private ByteBuffer buffer;

    private int start = -1;
    /** What the message ends with. */
    private byte[] trailing = NOTHING;
    /** Where the nested attributes begin that were not ended, the innermost first. */
    private final Deque<Integer> nested = new ArrayDeque<>();

    /** Writes in this machine's byte order. */
    public MessageWriter() {
        this(ByteOrder.nativeOrder());
    }

    public MessageWriter(ByteOrder order) {
        buffer = ByteBuffer.allocate(1024).order(order);
    }

    /** Begins a message; what follows belongs to it until {@link #end()}. */
    public MessageWriter begin(int type, int flags, int sequence, int portId) {
        if (start >= 0) {
            throw new IllegalStateException("the message before was not ended");
        }
        start = buffer.position();
        return body(Nlmsghdr.CODEC, new Nlmsghdr(0, (short) type, (short) flags, sequence, portId));
    }

    /** Adds a struct that is no attribute, padded to the next multiple of 4. */
    public <T extends Record> MessageWriter body(StructCodec<T> codec, T value) {
        int at = reserve(codec.size());
        codec.write(buffer, at, value);
        return this;
    }

    /** Adds raw bytes that are no attribute, padded to the next multiple of 4. */
    public MessageWriter body(byte[] bytes) {
        int at = reserve(bytes.length);
        buffer.put(at, bytes);
        return this;
    }

    public MessageWriter bodyU32(int value) {
        int at = reserve(4);
        buffer.putInt(at, value);
        return this;
    }

    public <T extends Record> MessageWriter attribute(int type, StructCodec<T> codec, T value) {
        int payload = reserveAttribute(type, codec.size());
        codec.write(buffer, payload, value);
        return this;
    }

    /** Adds an attribute of a struct and the bytes that follow it, such as an algorithm and its key. */
    public <T extends Record> MessageWriter attribute(int type, StructCodec<T> codec, T value, byte[] tail) {
        int payload = reserveAttribute(type, codec.size() + tail.length);
        codec.write(buffer, payload, value);
        buffer.put(payload + codec.size(), tail);
        return this;
    }

    /** Adds an attribute of {@code length} zero bytes which {@code content} then fills; it gets a view of them. */
    public MessageWriter attribute(int type, int length, Consumer<ByteBuffer> content) {
        int payload = reserveAttribute(type, length);
        content.accept(buffer.slice(payload, length).order(buffer.order()));
        return this;
    }

    public MessageWriter attribute(int type, byte[] payload) {
        int at = reserveAttribute(type, payload.length);
        buffer.put(at, payload);
        return this;
    }

    public MessageWriter attributeU8(int type, int value) {
        int at = reserveAttribute(type, 1);
        buffer.put(at, (byte) value);
        return this;
    }

    public MessageWriter attributeU16(int type, int value) {
        int at = reserveAttribute(type, 2);
        buffer.putShort(at, (short) value);
        return this;
    }

    public MessageWriter attributeU32(int type, int value) {
        int at = reserveAttribute(type, 4);
        buffer.putInt(at, value);
        return this;
    }

    public MessageWriter attributeU64(int type, long value) {
        int at = reserveAttribute(type, 8);
        buffer.putLong(at, value);
        return this;
    }

    /** Begins an attribute whose payload is the attributes up to {@link #endNested()}. */
    public MessageWriter beginNested(int type) {
        nested.push(buffer.position());
        reserveAttribute(type | Netlink.NLA_F_NESTED, 0);
        return this;
    }

    public MessageWriter endNested() {
        int at = nested.pop();
        int length = buffer.position() - at;
        requireFits(Short.toUnsignedInt(buffer.getShort(at + 2)), length);
        buffer.putShort(at, (short) length);
        return this;
    }

    /** Bytes of any number that stand at the message's end, whatever is written later; their padding does not count. */
    public MessageWriter trailing(byte[] bytes) {
        trailing = bytes;
        return this;
    }

    /** Whether a payload that begins {@code ATTRIBUTE_HEADER} bytes from here would miss the alignment of 64 bits. */
    public boolean needsPadFor64Bits() {
        return (buffer.position() - start) % 8 == 0;
    }

    /** Ends the message: its length becomes known. The padding counts, as in {@code nlmsg_end()}. */
    public MessageWriter end() {
        if (start < 0 || !nested.isEmpty()) {
            throw new IllegalStateException(start < 0 ? "no message was begun" : "a nested attribute was not ended");
        }
        int at = reserve(trailing.length);
        buffer.put(at, trailing);
        int padding = buffer.position() - at - trailing.length;
        buffer.putInt(start, buffer.position() - start - padding);
        forgetMessage();
        return this;
    }

    /** Sets flags of the ended message that begins at {@code at}. */
    void addFlags(int at, int flags) {
        Nlmsghdr header = Nlmsghdr.CODEC.read(buffer, at);
        short more = (short) (header.flags() | flags);
        Nlmsghdr.CODEC.write(buffer, at, new Nlmsghdr(header.len(), header.type(), more, header.seq(), header.pid()));
    }

    /** How many bytes the messages have so far. */
    public int length() {
        return buffer.position();
    }

    /** A view of the messages so far, ready to be sent; valid until the next change. */
    public ByteBuffer datagram() {
        if (start >= 0) {
            throw new IllegalStateException("the last message was not ended");
        }
        return buffer.slice(0, buffer.position()).order(buffer.order());
    }

    /** Takes back the message that was begun and not ended, if there is one. */
    public void abandon() {
        if (start >= 0) {
            zero(start, buffer.position());
            buffer.position(start);
            forgetMessage();
        }
    }

    /** Forgets and overwrites everything. */
    public void clear() {
        forgetMessage();
        zero(0, buffer.position());
        buffer.clear();
    }

    private void forgetMessage() {
        start = -1;
        trailing = NOTHING;
        nested.clear();
    }

    private int reserveAttribute(int type, int payload) {
        int length = ATTRIBUTE_HEADER + payload;
        requireFits(type, length);
        int at = reserve(length);
        buffer.putShort(at, (short) length).putShort(at + 2, (short) type);
        return at + ATTRIBUTE_HEADER;
    }

    private static void requireFits(int type, int length) {
        if (length > LONGEST_ATTRIBUTE) {
            throw new IllegalArgumentException(
                    "attribute " + (type & ~Netlink.NLA_F_NESTED) + " would have " + length + " bytes");
        }
    }

    /** Makes room for {@code length} zero bytes and their padding. */
    private int reserve(int length) {
        int padded = Alignment.up(length);
        if (buffer.remaining() < padded) {
            grow(padded);
        }
        int at = buffer.position();
        zero(at, at + padded);
        buffer.position(at + padded);
        return at;
    }

    private void grow(int more) {
        ByteBuffer larger = ByteBuffer.allocate(Math.max(2 * buffer.capacity(), buffer.position() + more))
                .order(buffer.order());
        buffer.flip();
        larger.put(buffer);
        zero(0, buffer.limit());
        buffer = larger;
    }

    private void zero(int from, int to) {
        Arrays.fill(buffer.array(), from, to, (byte) 0);
    }
}
