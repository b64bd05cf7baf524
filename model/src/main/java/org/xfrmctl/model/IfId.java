package org.xfrmctl.model;

/** The id of an XFRM interface (32 unsigned bits); 0 means that the object belongs to none. */
public record IfId(int bits) {
    public static final IfId NONE = new IfId(0);

    public boolean isNone() {
        return bits == 0;
    }

    @Override
    public String toString() {
        return "0x" + Integer.toHexString(bits);
    }
}
