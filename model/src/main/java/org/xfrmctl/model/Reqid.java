package org.xfrmctl.model;

/** The number (32 unsigned bits) that ties a policy's template to its states; 0 means none. */
public record Reqid(int bits) {
    public static final Reqid NONE = new Reqid(0);

    @Override
    public String toString() {
        return Integer.toUnsignedString(bits);
    }
}
