package org.xfrmctl.netlink.command;

/**
 * Numbers as C's {@code strtoul} reads them with base 0, over the whole of a text: decimal, {@code 0x…}, or octal with a
 * leading zero; white space and a sign may come first, and a negative number stands for its complement.
 */
final class Numbers {
    private Numbers() {}

    /**
     * The unsigned 64 bits.
     *
     * @throws NumberFormatException if the text is no number, or needs more bits; the message says nothing of the text
     */
    static long parse(String text) {
        return parse(text, 0, text.length());
    }

    static long parse(String text, int from, int to) {
        int start = from;
        while (start < to && isSpace(text.charAt(start))) {
            start++;
        }
        boolean negative = start < to && text.charAt(start) == '-';
        if (start < to && (negative || text.charAt(start) == '+')) {
            start++;
        }
        long magnitude = magnitude(text, start, to);
        return negative ? -magnitude : magnitude;
    }

    private static long magnitude(String text, int from, int to) {
        if (from >= to) {
            throw new NumberFormatException("no digits");
        }
        if (text.charAt(from) != '0') {
            return digits(text, from, to, 10);
        }
        boolean hex = to - from > 2 && (text.charAt(from + 1) | 0x20) == 'x';
        return hex ? digits(text, from + 2, to, 16) : digits(text, from, to, 8);
    }

    /** As {@code strtoul} with base 16 for a text that begins with {@code 0x}. */
    static long parseHex(String text) {
        return digits(text, 2, text.length(), 16);
    }

    private static long digits(String text, int from, int to, int base) {
        if (from >= to) {
            throw new NumberFormatException("no digits");
        }
        // What must not be exceeded before the next digit is taken in.
        long most = Long.divideUnsigned(-1L, base);
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = digit(text.charAt(i), base);
            if (digit < 0 || Long.compareUnsigned(value, most) > 0) {
                throw new NumberFormatException("no number of 64 bits");
            }
            long next = value * base + digit;
            if (Long.compareUnsigned(next, value * base) < 0) {
                throw new NumberFormatException("more than 64 bits");
            }
            value = next;
        }
        return value;
    }

    /** Unlike {@link Character#digit} no digits of other scripts. */
    static int digit(char c, int base) {
        int digit = c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
        boolean isDigit = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
        return isDigit && digit < base ? digit : -1;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}
