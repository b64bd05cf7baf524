package org.xfrmctl.model;

import java.nio.ByteBuffer;

/** Reads and prints addresses as {@code inet_pton} and glibc's {@code inet_ntop} do (RFC 4291, section 2.2). */
final class IpAddressText {
    private IpAddressText() {}

    static IpAddress parse(String text) {
        return text.indexOf(':') >= 0 ? parseV6(text) : IpAddress.v4(parseV4(text, 0));
    }

    /** The quad that reaches from {@code from} to the end of the text: four decimal numbers without leading zeros. */
    private static int parseV4(String text, int from) {
        int bits = 0;
        int start = from;
        for (int part = 1; part <= 4; part++) {
            int end = part < 4 ? text.indexOf('.', start) : text.length();
            bits = bits << 8 | octet(text, start, end);
            start = end + 1;
        }
        return bits;
    }

    private static int octet(String text, int from, int to) {
        boolean leadingZero = to - from > 1 && text.charAt(from) == '0';
        if (to <= from || to - from > 3 || leadingZero) {
            throw notAnAddress(text);
        }
        int value = number(text, from, to, 10);
        if (value > 255) {
            throw notAnAddress(text);
        }
        return value;
    }

    private static IpAddress parseV6(String text) {
        int gap = text.indexOf("::");
        int[] groups = new int[8];
        if (gap < 0) {
            if (read(text, 0, text.length(), groups) != groups.length) {
                throw notAnAddress(text);
            }
            return of(groups);
        }
        int[] tail = new int[8];
        int before = read(text, 0, gap, groups);
        int after = read(text, gap + 2, text.length(), tail);
        if (before + after > 7) {
            throw notAnAddress(text);
        }
        System.arraycopy(tail, 0, groups, groups.length - after, after);
        return of(groups);
    }

    /** Reads groups with a colon between any two, the last of which may be a quad at the text's end; counts them. */
    private static int read(String text, int from, int to, int[] groups) {
        int count = 0;
        for (int start = from; from < to && start <= to; count++) {
            int colon = text.indexOf(':', start);
            int end = colon < 0 ? to : Math.min(colon, to);
            if (count == groups.length) {
                throw notAnAddress(text);
            }
            if (end == text.length() && count < groups.length - 1 && text.indexOf('.', start) >= 0) {
                int quad = parseV4(text, start);
                groups[count++] = quad >>> 16;
                groups[count] = quad & 0xffff;
            } else {
                groups[count] = group(text, start, end);
            }
            start = end + 1;
        }
        return count;
    }

    private static int group(String text, int from, int to) {
        if (to <= from || to - from > 4) {
            throw notAnAddress(text);
        }
        return number(text, from, to, 16);
    }

    private static int number(String text, int from, int to, int base) {
        int value = 0;
        for (int i = from; i < to; i++) {
            // Character.digit knows the digits of other scripts too.
            int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), base) : -1;
            if (digit < 0) {
                throw notAnAddress(text);
            }
            value = value * base + digit;
        }
        return value;
    }

    private static IpAddress of(int[] groups) {
        return new IpAddress(
                Family.INET6,
                groups[0] << 16 | groups[1],
                groups[2] << 16 | groups[3],
                groups[4] << 16 | groups[5],
                groups[6] << 16 | groups[7]);
    }

    private static IllegalArgumentException notAnAddress(String text) {
        return new IllegalArgumentException("\"" + text + "\" is no IPv4 or IPv6 address");
    }

    static String print(IpAddress address) {
        return switch (address.family()) {
            case UNSPEC -> address.isAny() ? "???" : words(address);
            case INET -> quad(address.word0());
            case INET6 -> printV6(address);
        };
    }

    /** Nobody says what they are. */
    private static String words(IpAddress address) {
        return String.format("0x%08x%08x%08x%08x", address.word0(), address.word1(), address.word2(), address.word3());
    }

    private static String quad(int bits) {
        return (bits >>> 24) + "." + (bits >>> 16 & 255) + "." + (bits >>> 8 & 255) + "." + (bits & 255);
    }

    private static String printV6(IpAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.toBytes());
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = bytes.getShort() & 0xffff;
        }
        int gap = 0;
        int gapLength = 0;
        for (int i = 0; i < 8; i++) {
            int run = 0;
            while (i + run < 8 && groups[i + run] == 0) {
                run++;
            }
            if (run > gapLength && run > 1) {
                gap = i;
                gapLength = run;
            }
        }
        // glibc shows the last 32 bits as a quad behind ::/96 (but not :: and ::1-like) and ::ffff:0:0/96.
        boolean mapped = gap == 0 && (gapLength == 6 || (gapLength == 5 && groups[5] == 0xffff));
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (gapLength > 0 && i == gap) {
                text.append("::");
                i += gapLength - 1;
            } else if (mapped && i == 6) {
                separate(text).append(quad(address.word3()));
                break;
            } else {
                separate(text).append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }

    private static StringBuilder separate(StringBuilder text) {
        return text.length() == 0 || text.charAt(text.length() - 1) == ':' ? text : text.append(':');
    }
}
