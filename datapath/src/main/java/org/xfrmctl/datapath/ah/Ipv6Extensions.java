package org.xfrmctl.datapath.ah;

import java.util.Arrays;

/** IPv6 extension headers in the eyes of AH (RFC 4302, appendix A2; net/ipv6/ah6.c, ipv6_clear_mutable_options()). */
final class Ipv6Extensions {
    private static final int FIXED = 40;
    private static final int NEXT_HEADER = 6;
    private static final int SOURCE = 8;
    private static final int DESTINATION = 24;
    private static final int ADDRESS = 16;

    private static final int HOP_BY_HOP = 0;
    private static final int ROUTING = 43;
    private static final int DESTINATION_OPTIONS = 60;

    private static final int SEGMENTS_LEFT = 3;
    private static final int FIRST_ADDRESS = 8;

    private static final int PAD1 = 0;
    private static final int HOME_ADDRESS = 201;
    /** RFC 8200, section 4.2: the option's data may change on the way. */
    private static final int MAY_CHANGE = 0x20;

    private Ipv6Extensions() {}

    /** Only a sender exchanges addresses: at the receiver they have been by the headers' own handlers. */
    static boolean clear(byte[] header, int length, boolean outbound) {
        int type = header[NEXT_HEADER] & 0xff;
        int at = FIXED;
        while (at + 8 <= length) {
            int size = ((header[at + 1] & 0xff) + 1) * 8;
            if (size > length - at) {
                return false;
            }
            switch (type) {
                case HOP_BY_HOP, DESTINATION_OPTIONS -> {
                    if (!clearOptions(header, at, size, outbound && type == DESTINATION_OPTIONS)) {
                        return false;
                    }
                }
                case ROUTING -> {
                    if (!arriveAtEnd(header, at, size)) {
                        return false;
                    }
                }
                default -> {
                    return true;
                }
            }
            type = header[at] & 0xff;
            at += size;
        }
        return true;
    }

    private static boolean clearOptions(byte[] header, int at, int size, boolean goesHome) {
        int end = at + size;
        int option = at + 2;
        while (option < end) {
            if (header[option] == PAD1) {
                option++;
                continue;
            }
            int data = option + 1 < end ? header[option + 1] & 0xff : end;
            int next = option + 2 + data;
            if (next > end) {
                return false;
            }
            if (goesHome && (header[option] & 0xff) == HOME_ADDRESS && data == ADDRESS) {
                exchange(header, option + 2, SOURCE);
            }
            if ((header[option] & MAY_CHANGE) != 0) {
                Arrays.fill(header, option + 2, next, (byte) 0);
            }
            option = next;
        }
        return true;
    }

    /** Routing header of type 0: the addresses as they stand when the last hop is reached. */
    private static boolean arriveAtEnd(byte[] header, int at, int size) {
        int left = header[at + SEGMENTS_LEFT] & 0xff;
        int segments = (size - FIRST_ADDRESS) / ADDRESS;
        if (left == 0) {
            return true;
        }
        if (left > segments) {
            return false;
        }
        header[at + SEGMENTS_LEFT] = 0;
        for (int i = segments - left; i < segments; i++) {
            exchange(header, at + FIRST_ADDRESS + i * ADDRESS, DESTINATION);
        }
        return true;
    }

    private static void exchange(byte[] header, int one, int other) {
        for (int i = 0; i < ADDRESS; i++) {
            byte kept = header[one + i];
            header[one + i] = header[other + i];
            header[other + i] = kept;
        }
    }
}
