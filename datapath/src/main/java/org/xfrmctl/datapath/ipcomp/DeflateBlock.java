package org.xfrmctl.datapath.ipcomp;

import java.util.Arrays;

/**
 * One block of deflate: gathers literals and matches and writes them in whichever of the three forms is shortest
 * (RFC 1951, section 3.2.3), with zlib's preference among equals.
 */
final class DeflateBlock {
    /** zlib's lit_bufsize for memory level 8: a block ends when one less is reached. */
    static final int CAPACITY = 16384;

    private static final int END_OF_BLOCK = 256;
    private static final int LENGTH_CODES = 29;
    private static final int LITERALS_AND_LENGTHS = 286;
    private static final int DISTANCE_CODES = 30;

    private static final int STORED = 0;
    private static final int FIXED = 1;
    private static final int DYNAMIC = 2;

    /** The order in which the lengths of the code length code are sent (RFC 1951, section 3.2.7). */
    private static final int[] ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

    private static final int REPEAT_PREVIOUS = 16;
    private static final int REPEAT_ZERO = 17;
    private static final int REPEAT_ZERO_LONG = 18;
    private static final int[] REPEAT_BITS = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 3, 7};

    private static final int[] LENGTH_BITS = new int[LITERALS_AND_LENGTHS + 2];
    private static final int[] LENGTH_BASE = new int[LENGTH_CODES];
    private static final int[] DISTANCE_BITS = new int[DISTANCE_CODES];
    private static final int[] DISTANCE_BASE = new int[DISTANCE_CODES];
    /** By length - 3. */
    private static final byte[] LENGTH_CODE = new byte[256];
    /** By distance - 1; the window is small enough for a plain table. */
    private static final byte[] DISTANCE_CODE = new byte[Deflate.WINDOW];

    private static final HuffmanCode FIXED_LITERALS;
    private static final HuffmanCode FIXED_DISTANCES;

    static {
        int length = 0;
        for (int i = 0; i < LENGTH_CODES - 1; i++) {
            int bits = i < 8 ? 0 : i / 4 - 1;
            LENGTH_BITS[END_OF_BLOCK + 1 + i] = bits;
            LENGTH_BASE[i] = length;
            for (int end = length + (1 << bits); length < end; length++) {
                LENGTH_CODE[length] = (byte) i;
            }
        }
        // 258 has a code of its own, without extra bits.
        LENGTH_CODE[255] = LENGTH_CODES - 1;
        LENGTH_BASE[LENGTH_CODES - 1] = 255;
        int distance = 0;
        for (int i = 0; i < DISTANCE_CODES; i++) {
            DISTANCE_BITS[i] = i < 4 ? 0 : i / 2 - 1;
            DISTANCE_BASE[i] = distance;
            for (int end = distance + (1 << DISTANCE_BITS[i]); distance < end; distance++) {
                if (distance < DISTANCE_CODE.length) {
                    DISTANCE_CODE[distance] = (byte) i;
                }
            }
        }
        int[] literalLengths = new int[LENGTH_BITS.length];
        for (int i = 0; i < literalLengths.length; i++) {
            literalLengths[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
        }
        int[] distanceLengths = new int[DISTANCE_CODES];
        Arrays.fill(distanceLengths, 5);
        FIXED_LITERALS = HuffmanCode.fixed(literalLengths, LENGTH_BITS);
        FIXED_DISTANCES = HuffmanCode.fixed(distanceLengths, DISTANCE_BITS);
    }

    private final BitWriter out;
    private final HuffmanCode literals =
            new HuffmanCode(HuffmanCode.MAX_LENGTH, Arrays.copyOf(LENGTH_BITS, LITERALS_AND_LENGTHS));
    private final HuffmanCode distances = new HuffmanCode(HuffmanCode.MAX_LENGTH, DISTANCE_BITS);
    private final HuffmanCode lengthCodes = new HuffmanCode(7, REPEAT_BITS);
    /** The lengths of both codes, run-length encoded: symbol, and the repetition above {@link #RUN_SHIFT}. */
    private final int[] runs = new int[LITERALS_AND_LENGTHS + DISTANCE_CODES];

    private static final int RUN_SHIFT = 8;
    private int runCount;

    /** Per symbol the distance, 0 for a literal, above the literal or length - 3. */
    private final int[] symbols = new int[CAPACITY];

    private int count;
    private int matches;

    DeflateBlock(BitWriter out) {
        this.out = out;
    }

    /** Begins the next block. */
    void clear() {
        literals.clear();
        distances.clear();
        lengthCodes.clear();
        literals.count(END_OF_BLOCK);
        count = 0;
        matches = 0;
    }

    void literal(int value) {
        symbols[count++] = value;
        literals.count(value);
    }

    void match(int distance, int length) {
        symbols[count++] = distance << 8 | length - 3;
        matches++;
        literals.count(END_OF_BLOCK + 1 + LENGTH_CODE[length - 3]);
        distances.count(DISTANCE_CODE[distance - 1]);
    }

    int count() {
        return count;
    }

    /** Whether most symbols are literals and the block will surely be less than half of its {@code inputLength}. */
    boolean compressesWellWithFewMatches(int inputLength) {
        long bits = count * 8L;
        for (int code = 0; code < DISTANCE_CODES; code++) {
            bits += (long) distances.frequency(code) * (5 + DISTANCE_BITS[code]);
        }
        return matches < count / 2 && bits >>> 3 < inputLength / 2;
    }

    /**
     * Writes the block that stands for {@code length} bytes of {@code in} from {@code offset}.
     *
     * @param storable whether the input may also be stored as it is
     */
    void write(byte[] in, int offset, int length, boolean storable, boolean last) {
        literals.build();
        distances.build();
        int sent = planLengths();
        int treeBits = 3 * (sent + 1) + 5 + 5 + 4 + lengthCodes.bits(lengthCodes);
        int dynamic = (literals.bits(literals) + distances.bits(distances) + treeBits + 3 + 7) >>> 3;
        int fixed = (FIXED_LITERALS.bits(literals) + FIXED_DISTANCES.bits(distances) + 3 + 7) >>> 3;
        if (storable && length + 4 <= Math.min(dynamic, fixed)) {
            writeStored(in, offset, length, last);
        } else if (fixed <= dynamic) {
            out.write(FIXED << 1 | (last ? 1 : 0), 3);
            writeSymbols(FIXED_LITERALS, FIXED_DISTANCES);
        } else {
            out.write(DYNAMIC << 1 | (last ? 1 : 0), 3);
            writeLengths(sent);
            writeSymbols(literals, distances);
        }
        if (last) {
            out.align();
        }
    }

    private void writeStored(byte[] in, int offset, int length, boolean last) {
        out.write(STORED << 1 | (last ? 1 : 0), 3);
        out.align();
        out.write(length, 16);
        out.write(~length & 0xffff, 16);
        out.copy(in, offset, length);
    }

    private void writeSymbols(HuffmanCode literalCode, HuffmanCode distanceCode) {
        for (int i = 0; i < count; i++) {
            int value = symbols[i] & 0xff;
            int distance = symbols[i] >>> 8;
            if (distance == 0) {
                literalCode.write(out, value);
                continue;
            }
            int lengthCode = LENGTH_CODE[value];
            literalCode.write(out, END_OF_BLOCK + 1 + lengthCode);
            out.write(value - LENGTH_BASE[lengthCode], LENGTH_BITS[END_OF_BLOCK + 1 + lengthCode]);
            int code = DISTANCE_CODE[distance - 1];
            distanceCode.write(out, code);
            out.write(distance - 1 - DISTANCE_BASE[code], DISTANCE_BITS[code]);
        }
        literalCode.write(out, END_OF_BLOCK);
    }

    /** Encodes the lengths of both codes; answers the last index of {@link #ORDER} that has to be sent. */
    private int planLengths() {
        runCount = 0;
        findRuns(literals);
        findRuns(distances);
        lengthCodes.build();
        int sent = ORDER.length - 1;
        while (sent > 3 && lengthCodes.length(ORDER[sent]) == 0) {
            sent--;
        }
        return sent;
    }

    private void findRuns(HuffmanCode code) {
        int previous = -1;
        int symbol = 0;
        while (symbol <= code.maxSymbol()) {
            int length = code.length(symbol);
            int most = length == 0 ? 138 : length == previous ? 6 : 7;
            int run = 1;
            while (run < most && symbol + run <= code.maxSymbol() && code.length(symbol + run) == length) {
                run++;
            }
            symbol += run;
            addRun(length, run, previous);
            previous = length;
        }
    }

    private void addRun(int length, int run, int previous) {
        int repeated = run;
        if (length == 0 && run >= 3) {
            add(run <= 10 ? REPEAT_ZERO : REPEAT_ZERO_LONG, run - (run <= 10 ? 3 : 11));
            return;
        }
        boolean worthwhile = length != 0 && run >= (length == previous ? 3 : 4);
        if (worthwhile && length != previous) {
            add(length, 0);
            repeated--;
        }
        if (worthwhile) {
            add(REPEAT_PREVIOUS, repeated - 3);
            return;
        }
        for (int i = 0; i < run; i++) {
            add(length, 0);
        }
    }

    private void add(int symbol, int repetition) {
        runs[runCount++] = repetition << RUN_SHIFT | symbol;
        lengthCodes.count(symbol);
    }

    private void writeLengths(int sent) {
        out.write(literals.maxSymbol() + 1 - 257, 5);
        out.write(distances.maxSymbol() + 1 - 1, 5);
        out.write(sent + 1 - 4, 4);
        for (int i = 0; i <= sent; i++) {
            out.write(lengthCodes.length(ORDER[i]), 3);
        }
        for (int i = 0; i < runCount; i++) {
            int symbol = runs[i] & (1 << RUN_SHIFT) - 1;
            lengthCodes.write(out, symbol);
            out.write(runs[i] >>> RUN_SHIFT, REPEAT_BITS[symbol]);
        }
    }
}
