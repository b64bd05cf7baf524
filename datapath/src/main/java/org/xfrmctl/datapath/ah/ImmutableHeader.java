package org.xfrmctl.datapath.ah;

import java.util.Arrays;

/**
 * A copy of an IP header as the integrity value sees it: zeros for what routers may change, and what they change in a
 * predictable way as it will be at the end (RFC 4302, section 3.3.3.1). One object serves many packets.
 */
final class ImmutableHeader {
    private static final int IPV6_FIXED = 40;
    private static final int HOP_LIMIT = 7;

    private byte[] bytes = new byte[128];
    private int length;

    /** Copies and clears; false if options or extension headers are malformed. */
    boolean take(byte[] header, int count, boolean outbound) {
        if (bytes.length < count) {
            bytes = new byte[count];
        }
        System.arraycopy(header, 0, bytes, 0, count);
        length = count;
        return bytes[0] >> 4 == 4 ? clearIpv4(outbound) : clearIpv6(outbound);
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** TOS, the word of fragmentation with the don't-fragment bit, TTL and checksum. */
    private boolean clearIpv4(boolean outbound) {
        bytes[1] = 0;
        Arrays.fill(bytes, 6, 9, (byte) 0);
        Arrays.fill(bytes, 10, 12, (byte) 0);
        return Ipv4Options.clear(bytes, length, outbound);
    }

    /** Traffic class, flow label and hop limit. */
    private boolean clearIpv6(boolean outbound) {
        bytes[0] = 6 << 4;
        Arrays.fill(bytes, 1, 4, (byte) 0);
        bytes[HOP_LIMIT] = 0;
        return length == IPV6_FIXED || Ipv6Extensions.clear(bytes, length, outbound);
    }
}
