package org.xfrmctl.datapath.kernel;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request made by hand, field by field at the offsets of x86-64, sensible or not. It shares no code with the codecs.
 */
final class Crafted {
    static final int NEWSA = 16;
    static final int DELSA = 17;
    static final int GETSA = 18;
    static final int NEWPOLICY = 19;
    static final int DELPOLICY = 20;
    static final int GETPOLICY = 21;
    static final int UPDPOLICY = 25;
    static final int UPDSA = 26;
    static final int FLUSHSA = 28;
    static final int FLUSHPOLICY = 29;

    private final int type;
    private byte[] body;
    private final Map<Integer, byte[]> attributes = new TreeMap<>();
    private byte[] tail = {};

    Crafted(int type, int bodyLength) {
        this.type = type;
        this.body = new byte[bodyLength];
    }

    /** An ESP tunnel from 10.0.0.1 to 10.0.0.2 with AES-GCM and no limits. */
    static Crafted state(int type, int spi) {
        return new Crafted(type, 224)
                .address(56, "0a000002")
                .address(80, "0a000001")
                .spi(spi)
                .u8(76, 50)
                .unlimited(96)
                .u32(208, 1)
                .u16(212, 2)
                .u8(214, 1)
                .aead("rfc4106(gcm(aes))", 20, 128);
    }

    /** An ESP state without algorithms. */
    static Crafted bare(int spi) {
        return state(NEWSA, spi).without(18);
    }

    static Crafted ah(int spi) {
        return bare(spi).u8(76, 51);
    }

    static Crafted comp(int spi) {
        return bare(spi).u8(76, 108);
    }

    /** What GETSA and DELSA name the state to 10.0.0.2 by. */
    static Crafted id(int type, int spi) {
        Crafted request =
                new Crafted(type, 24).address(0, "0a000002").u16(20, 2).u8(22, 50);
        ByteBuffer.wrap(request.body).putInt(16, spi);
        return request;
    }

    /** An outbound policy from 10.0.0.0/16 to 10.1.0.0/16 without templates. */
    static Crafted policy(int type) {
        return new Crafted(type, 168).selector().unlimited(56).u8(160, 1);
    }

    /** What GETPOLICY and DELPOLICY name that policy by. */
    static Crafted policyId(int type) {
        return new Crafted(type, 64).selector().u8(60, 1);
    }

    private Crafted selector() {
        return address(0, "0a010000")
                .address(16, "0a000000")
                .u16(40, 2)
                .u8(42, 16)
                .u8(43, 16);
    }

    /** Templates one after the other, each made by {@link #template}. */
    Crafted templates(byte[]... each) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] template : each) {
            all.writeBytes(template);
        }
        return attribute(5, all.toByteArray());
    }

    static byte[] template(int protocol, int mode, int family, int optional) {
        byte[] template = new byte[64];
        buffer(template)
                .put(20, (byte) protocol)
                .putShort(24, (short) family)
                .put(48, (byte) mode)
                .put(50, (byte) optional);
        return template;
    }

    Crafted u8(int offset, int value) {
        body[offset] = (byte) value;
        return this;
    }

    Crafted u16(int offset, int value) {
        buffer(body).putShort(offset, (short) value);
        return this;
    }

    Crafted u32(int offset, int value) {
        buffer(body).putInt(offset, value);
        return this;
    }

    /** Only SPIs are in network order. */
    Crafted spi(int spi) {
        return spiAt(72, spi);
    }

    Crafted spiAt(int offset, int spi) {
        ByteBuffer.wrap(body).putInt(offset, spi);
        return this;
    }

    Crafted address(int offset, String hex) {
        ByteBuffer.wrap(body).putInt(offset, (int) Long.parseLong(hex, 16));
        return this;
    }

    private Crafted unlimited(int offset) {
        for (int i = 0; i < 4; i++) {
            buffer(body).putLong(offset + 8 * i, -1);
        }
        return this;
    }

    Crafted cut(int length) {
        body = Arrays.copyOf(body, length);
        return this;
    }

    Crafted tail(int length) {
        tail = new byte[length];
        return this;
    }

    Crafted attribute(int attribute, byte[] payload) {
        attributes.put(attribute, payload);
        return this;
    }

    Crafted without(int attribute) {
        attributes.remove(attribute);
        return this;
    }

    Crafted words(int attribute, int... words) {
        byte[] payload = new byte[4 * words.length];
        for (int i = 0; i < words.length; i++) {
            buffer(payload).putInt(4 * i, words[i]);
        }
        return attribute(attribute, payload);
    }

    Crafted mark(int value, int mask) {
        return words(21, value, mask);
    }

    Crafted aead(String name, int keyLength, int icvBits) {
        return attribute(18, algorithm(name, keyLength, icvBits));
    }

    Crafted authTrunc(String name, int keyLength, int bits) {
        return attribute(20, algorithm(name, keyLength, bits));
    }

    Crafted auth(String name, int keyLength) {
        return attribute(1, algorithm(name, keyLength));
    }

    Crafted crypt(String name, int keyLength) {
        return attribute(2, algorithm(name, keyLength));
    }

    Crafted compress(String name) {
        return attribute(3, algorithm(name, 0));
    }

    Crafted encap(int encapType) {
        byte[] payload = new byte[24];
        buffer(payload).putShort(0, (short) encapType);
        return attribute(4, payload);
    }

    /** The flag esn, and the attribute with its bitmap. */
    Crafted esn(int words, int window) {
        int[] all = new int[6 + words];
        all[0] = words;
        all[5] = window;
        return u8(216, 128).words(23, all);
    }

    /** Name, key length in bits, one more number if there is one, and a key. */
    static byte[] algorithm(String name, int keyLength, int... more) {
        byte[] payload = new byte[68 + 4 * more.length + keyLength];
        ByteBuffer view = buffer(payload);
        view.put(name.getBytes(StandardCharsets.US_ASCII)).putInt(64, 8 * keyLength);
        for (int i = 0; i < more.length; i++) {
            view.putInt(68 + 4 * i, more[i]);
        }
        return payload;
    }

    /** The message, asking for an acknowledgement. */
    byte[] bytes() {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(new byte[16]);
        message.writeBytes(padded(body));
        attributes.forEach((attribute, payload) -> {
            byte[] header = new byte[4];
            buffer(header).putShort(0, (short) (4 + payload.length)).putShort(2, (short) (int) attribute);
            message.writeBytes(header);
            message.writeBytes(padded(payload));
        });
        message.writeBytes(tail);
        byte[] bytes = message.toByteArray();
        buffer(bytes)
                .putInt(0, attributes.isEmpty() && tail.length == 0 ? 16 + body.length : bytes.length)
                .putShort(4, (short) type)
                .putShort(6, (short) 5)
                .putInt(8, 77);
        return bytes;
    }

    private static byte[] padded(byte[] bytes) {
        return Arrays.copyOf(bytes, (bytes.length + 3) & ~3);
    }

    private static ByteBuffer buffer(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
