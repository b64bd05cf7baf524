package org.xfrmctl.datapath.ipcomp;

import java.util.Arrays;

/**
 * Raw deflate (RFC 1951) of one packet at a time, with the bytes that the kernel's lib/zlib_deflate gives for level 6,
 * a window of 2 KB and memory level 8. The search is the "lazy matching" of that RFC's section 4; what it does at the
 * edges of the sliding window is part of the result and therefore imitated, although all input is at hand here. Neither
 * java.util.zip (no small window; but see {@link ShortDeflate}) nor JZlib (another rule for the end of a block) gives
 * these bytes.
 */
final class Deflate {
    static final int WINDOW = 1 << 11;

    private static final int MIN_MATCH = 3;
    private static final int MAX_MATCH = 258;
    private static final int MIN_LOOKAHEAD = MAX_MATCH + MIN_MATCH + 1;
    /** How far back a match may lie. */
    static final int MAX_DISTANCE = WINDOW - MIN_LOOKAHEAD;

    // Level 6.
    private static final int GOOD_MATCH = 8;
    private static final int MAX_LAZY = 16;
    private static final int NICE_MATCH = 128;
    private static final int MAX_CHAIN = 128;

    private static final int HASH_SIZE = 1 << 15;
    /** Positions count on from packet to packet, so that old entries of the tables are recognised without clearing. */
    private static final int MAX_POSITION = 1 << 30;

    private final int guessInterval;
    private final BitWriter out = new BitWriter();
    private final DeflateBlock block = new DeflateBlock(out);
    private final int[] head = new int[HASH_SIZE];
    private final int[] previous = new int[WINDOW];

    private byte[] in = new byte[0];
    /** What a position has to be reduced by to index {@link #in}. */
    private int shift;
    /** Where zlib's window begins, up to where it is filled, and where the input ends. */
    private int base;

    private int filled;
    private int end = 1;
    private int matchStart;

    /** With the kernel's block lengths. */
    Deflate() {
        this(4096);
    }

    /**
     * @param guessInterval after how many symbols to ask whether to end the block early: 4096 in the kernel (deftree.c,
     *     zlib_tr_tally()), 8192 in zlib 1.1.3 and JZlib, never in zlib of today
     */
    Deflate(int guessInterval) {
        this.guessInterval = guessInterval;
    }

    /** Answers the length of the result, or -1 if it is not smaller than {@code limit}. */
    int deflate(byte[] input, int offset, int length, byte[] output, int limit) {
        begin(input, offset, length);
        out.start(output, limit);
        block.clear();
        int blockStart = base;
        int at = base;
        int matchLength = MIN_MATCH - 1;
        boolean literalPending = false;
        while (!out.full()) {
            fill(at);
            if (at == end) {
                break;
            }
            int candidate = insert(at);
            int lazyLength = matchLength;
            int lazyStart = matchStart;
            matchLength = MIN_MATCH - 1;
            if (candidate > base && lazyLength < MAX_LAZY && at - candidate <= MAX_DISTANCE) {
                matchLength = longestMatch(at, candidate, lazyLength);
            }
            if (lazyLength >= MIN_MATCH && matchLength <= lazyLength) {
                block.match(at - 1 - lazyStart, lazyLength);
                boolean ends = blockEnds(at - blockStart);
                int next = at - 1 + lazyLength;
                while (++at < next) {
                    insert(at);
                }
                literalPending = false;
                matchLength = MIN_MATCH - 1;
                if (ends) {
                    blockStart = endBlock(blockStart, at, false);
                }
            } else {
                if (literalPending) {
                    block.literal(in[at - 1 - shift] & 0xff);
                    if (blockEnds(at - blockStart)) {
                        blockStart = endBlock(blockStart, at, false);
                    }
                }
                literalPending = true;
                at++;
            }
        }
        if (literalPending) {
            block.literal(in[at - 1 - shift] & 0xff);
        }
        endBlock(blockStart, at, true);
        return out.full() ? -1 : out.count();
    }

    private void begin(byte[] input, int offset, int length) {
        if (end > MAX_POSITION) {
            Arrays.fill(head, 0);
            end = 1;
        }
        in = input;
        base = end;
        shift = base - offset;
        filled = base;
        end = base + length;
        matchStart = 0;
    }

    /** fill_window(): the window slides by half when less than a match's length lies ahead of its middle. */
    private void fill(int at) {
        while (filled - at < MIN_LOOKAHEAD) {
            if (at - base >= WINDOW + MAX_DISTANCE) {
                base += WINDOW;
            }
            if (filled == end) {
                return;
            }
            filled = Math.min(end, base + 2 * WINDOW);
        }
    }

    /** Notes the position under the hash of its three bytes and answers the last one before it, if it is in the window. */
    private int insert(int at) {
        if (at + MIN_MATCH > end) {
            return 0;
        }
        int i = at - shift;
        int hash = (in[i] << 10 ^ (in[i + 1] & 0xff) << 5 ^ (in[i + 2] & 0xff)) & (HASH_SIZE - 1);
        int before = head[hash];
        previous[at & WINDOW - 1] = before;
        head[hash] = at;
        return before;
    }

    /** Leaves the start of the match in {@link #matchStart}; a length not above {@code best} means none was found. */
    private int longestMatch(int at, int candidate, int best) {
        int most = Math.min(MAX_MATCH, end - at);
        if (best >= most) {
            return most;
        }
        int limit = Math.max(base, at - MAX_DISTANCE);
        int nice = Math.min(NICE_MATCH, end - at);
        int chain = best >= GOOD_MATCH ? MAX_CHAIN >> 2 : MAX_CHAIN;
        int scan = at - shift;
        int longest = best;
        int current = candidate;
        do {
            int match = current - shift;
            if (in[match + longest] == in[scan + longest] && in[match] == in[scan]) {
                int length = Arrays.mismatch(in, match, match + most, in, scan, scan + most);
                length = length < 0 ? most : length;
                if (length > longest) {
                    matchStart = current;
                    longest = length;
                    if (length >= nice) {
                        break;
                    }
                }
            }
            current = previous[current & WINDOW - 1];
        } while (current > limit && --chain != 0);
        return longest;
    }

    private boolean blockEnds(int inputLength) {
        int count = block.count();
        return count == DeflateBlock.CAPACITY - 1
                || (count % guessInterval == 0 && block.compressesWellWithFewMatches(inputLength));
    }

    private int endBlock(int from, int to, boolean last) {
        block.write(in, from - shift, to - from, from >= base, last);
        block.clear();
        return to;
    }
}
