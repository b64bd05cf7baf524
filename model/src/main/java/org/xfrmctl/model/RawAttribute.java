package org.xfrmctl.model;

/**
 * A netlink attribute, or a part of one, that this program does not interpret; it is kept and written back. Its text does
 * not show what it holds, for nobody knows whether that is secret.
 *
 * @param type its number with the two flags that may stand above it ({@code NLA_F_NESTED}, {@code NLA_F_NET_BYTEORDER})
 */
public record RawAttribute(int type, Bytes payload) {
    /** Instead of a type: up to three bytes behind the last attribute, too few to be one. */
    public static final int TRAILING = -1;

    private static final int NUMBER = 0x3fff;

    /** What it is, without the flags. */
    public int number() {
        return type & NUMBER;
    }

    public boolean isTrailing() {
        return type == TRAILING;
    }

    @Override
    public String toString() {
        return (isTrailing() ? "trailing" : "attribute " + number()) + " (" + payload.length() + " bytes)";
    }
}
