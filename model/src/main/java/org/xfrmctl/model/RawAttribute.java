package org.xfrmctl.model;

/**
 * A netlink attribute, or a part of one, that this program does not interpret; it is kept and written back. Its text does
 * not show what it holds, for nobody knows whether that is secret.
 */
public record RawAttribute(int type, Bytes payload) {
    /** Instead of a type: up to three bytes behind the last attribute, too few to be one. */
    public static final int TRAILING = -1;

    @Override
    public String toString() {
        return (type == TRAILING ? "trailing" : "attribute " + type) + " (" + payload.length() + " bytes)";
    }
}
