package org.xfrmctl.model;

import java.util.Optional;

/** An address family with its Linux number. {@link #UNSPEC} stands for "any family", as XFRM selectors may say. */
public enum Family {
    UNSPEC(0, 0, 0),
    INET(2, 32, 4),
    INET6(10, 128, 16);

    private final int number;
    private final int bits;
    private final int bytes;

    Family(int number, int bits, int bytes) {
        this.number = number;
        this.bits = bits;
        this.bytes = bytes;
    }

    /** The {@code AF_*} constant of Linux. */
    public int number() {
        return number;
    }

    /** The width of an address, which is also the longest prefix: 32 or 128; 0 for {@link #UNSPEC}. */
    public int bits() {
        return bits;
    }

    /** The length of an address in bytes: 4 or 16; 0 for {@link #UNSPEC}. */
    public int bytes() {
        return bytes;
    }

    /** Finds the family of an {@code AF_*} number; empty for families that XFRM does not know. */
    public static Optional<Family> of(int number) {
        return switch (number) {
            case 0 -> Optional.of(UNSPEC);
            case 2 -> Optional.of(INET);
            case 10 -> Optional.of(INET6);
            default -> Optional.empty();
        };
    }
}
