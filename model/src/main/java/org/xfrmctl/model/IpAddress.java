package org.xfrmctl.model;

import java.nio.ByteBuffer;

/**
 * An IPv4 or IPv6 address as four words in network order; IPv4 uses the first word and leaves the others zero, as
 * {@code xfrm_address_t} does. The family is always known and never guessed from zero bytes; with {@link Family#UNSPEC}
 * nobody says what the words are, and they are kept as they came.
 */
public record IpAddress(Family family, int word0, int word1, int word2, int word3) {

    public static final IpAddress ANY_V4 = v4(0);
    public static final IpAddress ANY_V6 = new IpAddress(Family.INET6, 0, 0, 0, 0);
    public static final IpAddress UNSPEC = new IpAddress(Family.UNSPEC, 0, 0, 0, 0);

    public IpAddress {
        if (family == Family.INET && (word1 | word2 | word3) != 0) {
            throw new IllegalArgumentException("an IPv4 address has one word");
        }
    }

    /** An IPv4 address from its 32 bits, most significant first. */
    public static IpAddress v4(int bits) {
        return new IpAddress(Family.INET, bits, 0, 0, 0);
    }

    /** The any-address of a family. */
    public static IpAddress any(Family family) {
        return switch (family) {
            case UNSPEC -> UNSPEC;
            case INET -> ANY_V4;
            case INET6 -> ANY_V6;
        };
    }

    /** Reads an address of 4 or 16 bytes in network order. */
    public static IpAddress of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return switch (bytes.length) {
            case 4 -> v4(buffer.getInt());
            case 16 -> new IpAddress(Family.INET6, buffer.getInt(), buffer.getInt(), buffer.getInt(), buffer.getInt());
            default -> throw new IllegalArgumentException(bytes.length + " bytes are no IP address");
        };
    }

    /**
     * Reads the notation of {@code inet_pton}: dotted quad, or IPv6 with at most one {@code ::}.
     *
     * @throws IllegalArgumentException if the text is neither; host names are never resolved
     */
    public static IpAddress parse(String text) {
        return IpAddressText.parse(text);
    }

    /** The address in network order: 4 or 16 bytes, none for {@link Family#UNSPEC}. */
    public byte[] toBytes() {
        ByteBuffer buffer = ByteBuffer.allocate(16);
        buffer.putInt(word0).putInt(word1).putInt(word2).putInt(word3);
        byte[] bytes = new byte[family.bytes()];
        System.arraycopy(buffer.array(), 0, bytes, 0, bytes.length);
        return bytes;
    }

    /** Whether this is the all-zero address. */
    public boolean isAny() {
        return (word0 | word1 | word2 | word3) == 0;
    }

    /** Whether the first {@code length} bits of both addresses are equal; false for different families. */
    public boolean sharesPrefix(IpAddress other, int length) {
        return family == other.family
                && wordsShare(word0, other.word0, length)
                && wordsShare(word1, other.word1, length - 32)
                && wordsShare(word2, other.word2, length - 64)
                && wordsShare(word3, other.word3, length - 96);
    }

    private static boolean wordsShare(int a, int b, int length) {
        if (length <= 0) {
            return true;
        }
        int mask = length >= 32 ? -1 : -1 << (32 - length);
        return ((a ^ b) & mask) == 0;
    }

    /**
     * The text of {@code inet_ntop}, for example {@code 2001:db8::1} or {@code ::ffff:192.0.2.1}; without family the words
     * in hex, or {@code ???} if they are 0.
     */
    @Override
    public String toString() {
        return IpAddressText.print(this);
    }
}
