package org.xfrmctl.model;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Secret key material. Its text is its length and never its content; {@link #revealHex()} is the one way to print it.
 * Compared in constant time; {@link #close()} wipes it.
 */
public final class Key implements AutoCloseable {
    public static final Key EMPTY = new Key(new byte[0]);

    private final byte[] material;

    private Key(byte[] material) {
        this.material = material;
    }

    /** Copies {@code material}; the caller may wipe its own array. */
    public static Key of(byte[] material) {
        return new Key(material.clone());
    }

    public int bits() {
        return material.length * 8;
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
        return new Key(Arrays.copyOfRange(material, from, to));
    }

    /** The material as lower-case hex digits: for {@code --show-keys} and for nothing else. */
    public String revealHex() {
        return HexFormat.of().formatHex(material);
    }

    /** Whether there is material and all of it is zero: what a kernel shows that hides its keys. Takes constant time. */
    public boolean isBlank() {
        int bits = 0;
        for (byte each : material) {
            bits |= each;
        }
        return material.length > 0 && bits == 0;
    }

    /** Overwrites the material with zeros. */
    @Override
    public void close() {
        Arrays.fill(material, (byte) 0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Key key && MessageDigest.isEqual(material, key.material);
    }

    /** Depends on the length only, so that it tells nothing of the content. */
    @Override
    public int hashCode() {
        return material.length;
    }

    @Override
    public String toString() {
        return "(" + bits() + " bits)";
    }
}
