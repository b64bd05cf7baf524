package org.xfrmctl.datapath.wire;

import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.model.IpAddress;

/** The checksum of IPv4, UDP and ICMP (RFC 1071): a running sum of 16-bit words, folded and inverted at the end. */
public final class InternetChecksum {
    private InternetChecksum() {}

    /** Adds the bytes from {@code offset}; an odd last byte counts as the upper half of a word, so ranges must be even. */
    public static long sum(PacketBuffer packet, int offset, int length, long start) {
        long sum = start;
        int end = offset + (length & ~1);
        for (int at = offset; at < end; at += 2) {
            sum += packet.u16(at);
        }
        return (length & 1) == 0 ? sum : sum + (packet.u8(end) << 8);
    }

    /** The pseudo header that UDP, TCP and ICMPv6 include (RFC 768; RFC 8200, section 8.1). */
    public static long pseudoHeader(IpAddress source, IpAddress destination, int protocol, int length) {
        return words(source) + words(destination) + protocol + (length >>> 16) + (length & 0xffff);
    }

    /** The 16 bits that go into the header; 0 when summed over data that already holds a right checksum. */
    public static int finish(long sum) {
        long folded = sum;
        while (folded >>> 16 != 0) {
            folded = (folded & 0xffff) + (folded >>> 16);
        }
        return (int) ~folded & 0xffff;
    }

    private static long words(IpAddress address) {
        return word(address.word0()) + word(address.word1()) + word(address.word2()) + word(address.word3());
    }

    private static long word(int bits) {
        return (long) (bits >>> 16) + (bits & 0xffff);
    }
}
