package org.xfrmctl.it.differential;

import org.xfrmctl.it.differential.Step.Departure;
import org.xfrmctl.model.Family;

/** What is in the packets: half of it compresses well, and no two places look the same. */
final class Payloads {
    private static final int ICMP = 1;
    private static final int ICMPV6 = 58;

    private Payloads() {}

    static byte[] of(int length) {
        byte[] data = new byte[length];
        for (int i = 0; i < length; i++) {
            data[i] = (byte) ((i & 64) == 0 ? i * 7 + i / 64 : i >> 5);
        }
        return data;
    }

    /** What a socket is given to send; a kernel fills the checksum of ICMPv6 in, but not that of ICMP. */
    static byte[] of(Departure departure) {
        byte[] data = of(departure.length());
        if (departure.protocol() != Posix.IPPROTO_UDP && data.length >= 8) {
            data[0] = (byte) departure.sourcePort();
            data[1] = (byte) departure.destinationPort();
            data[2] = 0;
            data[3] = 0;
            if (departure.protocol() == ICMP) {
                int sum = sum(data);
                data[2] = (byte) (sum >> 8);
                data[3] = (byte) sum;
            }
        }
        return data;
    }

    static int icmp(Family family) {
        return family == Family.INET ? ICMP : ICMPV6;
    }

    /** RFC 1071. */
    private static int sum(byte[] data) {
        int sum = 0;
        for (int i = 0; i < data.length; i++) {
            sum += (data[i] & 0xff) << ((i & 1) == 0 ? 8 : 0);
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        return ~((sum & 0xffff) + (sum >>> 16));
    }
}
