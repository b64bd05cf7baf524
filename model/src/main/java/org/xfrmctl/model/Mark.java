package org.xfrmctl.model;

/** A packet mark and the mask under which it is compared ({@code struct xfrm_mark}); both are raw 32 bits. */
public record Mark(int value, int mask) {
    public static final Mark NONE = new Mark(0, 0);

    public boolean isNone() {
        return (value | mask) == 0;
    }

    /** Whether a packet (or lookup key) that carries {@code packetMark} meets this mark. */
    public boolean matches(int packetMark) {
        return (packetMark & mask) == value;
    }

    /** The mark as the kernel stores it: the value under its mask. */
    public Mark masked() {
        return new Mark(value & mask, mask);
    }

    @Override
    public String toString() {
        return "0x" + Integer.toHexString(value) + "/0x" + Integer.toHexString(mask);
    }
}
