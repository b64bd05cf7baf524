package org.xfrmctl.datapath.ipcomp;

import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * Deflates packets so short that nothing in them is out of reach of the kernel's small window, and too short to fill a
 * block. For those java.util.zip gives the same bytes as {@link Deflate}, and faster, if its zlib is the original one; a
 * JDK may come with a descendant that makes other choices.
 */
final class ShortDeflate {
    /** The longest such packet: more than most links carry. */
    static final int LONGEST = Deflate.MAX_DISTANCE;

    private static final int LEVEL = 6;

    private static final class Probe {
        /** Whether this JDK's zlib is the original one, as far as a few packets can tell. */
        static final boolean PASSED = passes();
    }

    private final Deflater deflater = new Deflater(LEVEL, true);

    /** Whether {@link Deflate} may be replaced here. */
    static boolean isExact() {
        return Probe.PASSED;
    }

    /** As {@link Deflate#deflate}. */
    int deflate(byte[] input, int offset, int length, byte[] output, int limit) {
        deflater.reset();
        deflater.setInput(input, offset, length);
        deflater.finish();
        int count = deflater.deflate(output, 0, limit);
        return deflater.finished() && count < limit ? count : -1;
    }

    /** Gives back what zlib holds outside the heap; then this is of no more use. */
    void end() {
        deflater.end();
    }

    private static boolean passes() {
        ShortDeflate ours = new ShortDeflate();
        try {
            for (int seed = 1; seed <= 12; seed++) {
                if (!ours.agrees(new Deflate(), probe(seed))) {
                    return false;
                }
            }
            return true;
        } finally {
            ours.end();
        }
    }

    private boolean agrees(Deflate other, byte[] input) {
        byte[] first = new byte[2 * LONGEST];
        byte[] second = new byte[2 * LONGEST];
        int count = deflate(input, 0, input.length, first, first.length);
        int expected = other.deflate(input, 0, input.length, second, second.length);
        return count == expected && Arrays.equals(first, 0, count, second, 0, count);
    }

    /** Bytes with more or less to repeat, copied from up to all the way back and now and then by three only. */
    private static byte[] probe(int seed) {
        byte[] bytes = new byte[LONGEST - 100 * (seed / 4)];
        int state = seed;
        int values = (4 << (seed / 2)) - 1;
        int at = 0;
        while (at < bytes.length) {
            state = state * 1103515245 + 12345;
            int choice = state >>> 16;
            int run = Math.min(bytes.length - at, 3 + (choice & 15) % (seed + 1));
            int back = at < 8 ? 0 : 1 + choice % at;
            for (int end = at + run; at < end; at++) {
                state = state * 1103515245 + 12345;
                bytes[at] = back == 0 || (choice & 64) != 0 ? (byte) ((state >>> 16) & values) : bytes[at - back];
            }
        }
        return bytes;
    }
}
