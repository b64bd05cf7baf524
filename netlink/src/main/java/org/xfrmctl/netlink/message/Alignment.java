package org.xfrmctl.netlink.message;

/** {@code NLMSG_ALIGNTO} and {@code NLA_ALIGNTO}: messages, bodies and attributes begin at multiples of 4. */
final class Alignment {
    private Alignment() {}

    static int up(int length) {
        return (length + 3) & ~3;
    }
}
