package org.xfrmctl.it.command;

import java.util.List;
import java.util.Random;

/** Notations that say the same, chosen at random. */
final class RandomWords {
    private final Random random;

    RandomWords(Random random) {
        this.random = random;
    }

    String number(long value) {
        return switch (random.nextInt(4)) {
            case 0 -> "0x" + Long.toHexString(value);
            case 1 -> "0" + Long.toOctalString(value);
            default -> Long.toUnsignedString(value);
        };
    }

    /** {@code NAME V}, or {@code NAME V mask M} with any bits. */
    String mark(String name) {
        String value = name + " " + number(random.nextInt(1 << 16) | 1);
        return oneIn(2) ? value : value + " mask " + number(random.nextInt(1 << 16) | 1);
    }

    /** A mark by which iproute2 can name a policy too: kernels compare it with one whose value was masked. */
    String markOfPolicy() {
        int mask = random.nextInt(1 << 16) | 1;
        return "mark " + number((random.nextInt(1 << 16) & mask) | 1) + " mask " + number(mask);
    }

    /** A key of so many bytes, in hex or in characters. */
    String key(int bytes) {
        if (oneIn(4)) {
            return random.ints(bytes, 'a', 'z' + 1)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
        }
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < 2 * bytes; i++) {
            hex.append(Character.forDigit(random.nextInt(16), 16));
        }
        // The first of an even number of digits may be left out where it is zero.
        return "0x" + (hex.charAt(0) == '0' ? hex.substring(1) : hex);
    }

    /** Pairs of soft and hard limits, none of which is reached soon. */
    String limit() {
        String kind = pick(List.of("time", "time-use", "byte", "packet"));
        return "limit " + kind + (oneIn(2) ? "-soft " : "-hard ") + number(100_000 + random.nextInt(1 << 20));
    }

    boolean oneIn(int count) {
        return random.nextInt(count) == 0;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
