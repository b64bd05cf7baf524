package org.xfrmctl.model;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Secret key material. Its text is its length and never its content; {@link #revealHex()} is the one way to print it.
 * Compared in constant time; {@link #close()} wipes it.
 */
public final class Key implements AutoCloseable {
    public static final Key EMPTY = of(new byte[0]);

    private final byte[] material;
    private final int bits;

    private Key(byte[] material, int bits) {
        this.material = material;
        this.bits = bits;
    }

    /** Copies {@code material}; the caller may wipe its own array. */
    public static Key of(byte[] material) {
        return of(material, material.length * 8);
    }

    /**
     * As {@link #of(byte[])}, where not all bits of the last byte are said to count. A kernel uses them all the same.
     *
     * @throws IllegalArgumentException if {@code bits} are not as many bytes
     */
    public static Key of(byte[] material, int bits) {
        if ((bits + 7) / 8 != material.length) {
            throw new IllegalArgumentException(bits + " bits are not " + material.length + " bytes");
        }
        return new Key(material.clone(), bits);
    }

    public int bits() {
        return bits;
    }

    public int length() {
        return material.length;
    }

    /** A copy of the material. */
    public byte[] toArray() {
        return material.clone();
    }

    /** The bytes from {@code from} (inclusive) to {@code to} (exclusive). */
    public Key slice(int from, int to) {
        byte[] part = Arrays.copyOfRange(material, from, to);
        return new Key(part, part.length * 8);
    }

    /** The material as lower-case hex digits: for {@code --show-keys} and for nothing else. */
    public String revealHex() {
        return HexFormat.of().formatHex(material);
    }

    /** Whether there is material and all of it is zero: what a kernel shows that hides its keys. Takes constant time. */
    public boolean isBlank() {
        int any = 0;
        for (byte each : material) {
            any |= each;
        }
        return material.length > 0 && any == 0;
    }

    /** Overwrites the material with zeros. */
    @Override
    public void close() {
        Arrays.fill(material, (byte) 0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Key key && bits == key.bits && MessageDigest.isEqual(material, key.material);
    }

    /** Depends on the length only, so that it tells nothing of the content. */
    @Override
    public int hashCode() {
        return bits;
    }

    @Override
    public String toString() {
        return "(" + bits + " bits)";
    }
}
