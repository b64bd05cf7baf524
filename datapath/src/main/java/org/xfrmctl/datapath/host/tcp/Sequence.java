package org.xfrmctl.datapath.host.tcp;

/** Order of sequence numbers, which wrap around (RFC 9293, section 3.4). */
final class Sequence {
    private Sequence() {}

    static boolean isBefore(int first, int second) {
        return first - second < 0;
    }

    static boolean isAfter(int first, int second) {
        return first - second > 0;
    }

    static int later(int first, int second) {
        return isAfter(first, second) ? first : second;
    }
}
