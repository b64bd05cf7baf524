package org.xfrmctl.datapath.ah;

import java.util.Arrays;

/** IPv4 options in the eyes of AH (RFC 4302, appendix A1; net/ipv4/ah4.c, ip_clear_mutable_options()). */
final class Ipv4Options {
    private static final int FIXED = 20;
    private static final int DESTINATION = 16;
    private static final int END = 0;
    private static final int NOP = 1;
    private static final int LOOSE_ROUTE = 131;
    private static final int STRICT_ROUTE = 137;
    /** Pointer and one address. */
    private static final int SHORTEST_ROUTE = 6;

    private Ipv4Options() {}

    /** Zeroes the options that may change; an outbound source route also makes its end the destination. */
    static boolean clear(byte[] header, int length, boolean outbound) {
        int at = FIXED;
        while (at < length && header[at] != END) {
            int type = header[at] & 0xff;
            if (type == NOP) {
                at++;
                continue;
            }
            int size = at + 1 < length ? header[at + 1] & 0xff : 0;
            if (size < 2 || size > length - at) {
                return false;
            }
            if (type == LOOSE_ROUTE || type == STRICT_ROUTE) {
                if (size < SHORTEST_ROUTE) {
                    return false;
                }
                if (outbound) {
                    System.arraycopy(header, at + size - 4, header, DESTINATION, 4);
                }
            }
            if (!isImmutable(type)) {
                Arrays.fill(header, at, at + size, (byte) 0);
            }
            at += size;
        }
        return true;
    }

    private static boolean isImmutable(int type) {
        return switch (type) {
            // security, extended security, commercial security, router alert, selective directed broadcast
            case 130, 133, 134, 148, 149 -> true;
            default -> false;
        };
    }
}
