package org.xfrmctl.netlink.message;

/** {@code NLMSG_ALIGNTO} and its kin: messages, bodies, attributes and next hops begin at multiples of 4. */
public final class Alignment {
    private Alignment() {}

    /** {@code length} with the padding behind it. */
    public static int up(int length) {
        return (length + 3) & ~3;
    }
}
