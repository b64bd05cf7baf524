package org.xfrmctl.datapath.ipcomp;

import java.util.Arrays;

/**
 * A Huffman code for one alphabet of a deflate block. Among equally good codes it is the one that zlib finds, for the
 * bytes of the block depend on it: nodes are ordered by frequency, then by depth.
 */
final class HuffmanCode {
    /** The longest code of deflate; RFC 1951, section 3.2.7 has shorter ones for the code lengths themselves. */
    static final int MAX_LENGTH = 15;

    private final int alphabet;
    private final int maxLength;
    /** Bits that follow a symbol, by symbol. */
    private final int[] extraBits;

    private final int[] frequency;
    private final int[] length;
    private final int[] code;
    private final int[] depth;
    private final int[] parent;
    /** A heap from 1 up to {@link #heapLength}; from {@link #sorted} on the nodes taken from it, most frequent first. */
    private final int[] heap;

    private int heapLength;
    private int sorted;
    private int maxSymbol;
    private final int[] lengthCount = new int[MAX_LENGTH + 1];

    HuffmanCode(int maxLength, int[] extraBits) {
        this.alphabet = extraBits.length;
        this.maxLength = maxLength;
        this.extraBits = extraBits;
        int nodes = 2 * alphabet + 1;
        frequency = new int[nodes];
        length = new int[nodes];
        code = new int[alphabet];
        depth = new int[nodes];
        parent = new int[nodes];
        heap = new int[nodes];
    }

    /** A code whose lengths are given (RFC 1951, section 3.2.6). */
    static HuffmanCode fixed(int[] lengths, int[] extraBits) {
        HuffmanCode fixed = new HuffmanCode(MAX_LENGTH, extraBits);
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            fixed.length[symbol] = lengths[symbol];
            fixed.lengthCount[lengths[symbol]]++;
        }
        fixed.assignCodes();
        return fixed;
    }

    /** Forgets the symbols counted. */
    void clear() {
        Arrays.fill(frequency, 0, alphabet, 0);
    }

    void count(int symbol) {
        frequency[symbol]++;
    }

    int frequency(int symbol) {
        return frequency[symbol];
    }

    /** The highest symbol that has a code. */
    int maxSymbol() {
        return maxSymbol;
    }

    int length(int symbol) {
        return length[symbol];
    }

    /** The bits that all symbols counted in {@code counts} take in this code, with what follows them. */
    int bits(HuffmanCode counts) {
        int bits = 0;
        for (int symbol = 0; symbol < counts.alphabet; symbol++) {
            bits += counts.frequency[symbol] * (length[symbol] + extraBits[symbol]);
        }
        return bits;
    }

    void write(BitWriter out, int symbol) {
        out.write(code[symbol], length[symbol]);
    }

    /** Makes the code for the symbols counted. */
    void build() {
        fillHeap();
        // A code needs two symbols; those added only for that are not counted afterwards.
        int added = 0;
        while (heapLength < 2) {
            int symbol = maxSymbol < 2 ? ++maxSymbol : 0;
            frequency[symbol] = 1;
            heap[++heapLength] = symbol;
            added |= 1 << symbol;
        }
        joinNodes();
        if (!countLengths()) {
            assignLengths();
        }
        assignCodes();
        for (int symbol = 0; added != 0; symbol++, added >>>= 1) {
            frequency[symbol] -= added & 1;
        }
    }

    private void fillHeap() {
        heapLength = 0;
        maxSymbol = -1;
        for (int symbol = 0; symbol < alphabet; symbol++) {
            length[symbol] = 0;
            depth[symbol] = 0;
            if (frequency[symbol] != 0) {
                heap[++heapLength] = symbol;
                maxSymbol = symbol;
            }
        }
    }

    private void joinNodes() {
        for (int at = heapLength / 2; at >= 1; at--) {
            sink(at);
        }
        sorted = heap.length;
        int node = alphabet;
        do {
            int first = heap[1];
            heap[1] = heap[heapLength--];
            sink(1);
            int second = heap[1];
            heap[--sorted] = first;
            heap[--sorted] = second;
            frequency[node] = frequency[first] + frequency[second];
            depth[node] = Math.max(depth[first], depth[second]) + 1;
            parent[first] = node;
            parent[second] = node;
            heap[1] = node++;
            sink(1);
        } while (heapLength >= 2);
        heap[--sorted] = heap[1];
    }

    private void sink(int from) {
        int node = heap[from];
        int at = from;
        for (int child = 2 * at; child <= heapLength; child = 2 * at) {
            if (child < heapLength && precedes(heap[child + 1], heap[child])) {
                child++;
            }
            if (precedes(node, heap[child])) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = node;
    }

    private boolean precedes(int a, int b) {
        return frequency[a] < frequency[b] || (frequency[a] == frequency[b] && depth[a] <= depth[b]);
    }

    /** Takes every node's depth in the tree for its length; false if some were too long and only the counts are right. */
    private boolean countLengths() {
        Arrays.fill(lengthCount, 0);
        length[heap[sorted]] = 0;
        int overflow = 0;
        for (int at = sorted + 1; at < heap.length; at++) {
            int node = heap[at];
            int bits = length[parent[node]] + 1;
            if (bits > maxLength) {
                bits = maxLength;
                overflow++;
            }
            length[node] = bits;
            if (node < alphabet) {
                lengthCount[bits]++;
            }
        }
        boolean right = overflow == 0;
        for (; overflow > 0; overflow -= 2) {
            int bits = maxLength - 1;
            while (lengthCount[bits] == 0) {
                bits--;
            }
            lengthCount[bits]--;
            lengthCount[bits + 1] += 2;
            lengthCount[maxLength]--;
        }
        return right;
    }

    /** Hands the lengths out anew: the longest to the least frequent. */
    private void assignLengths() {
        int at = heap.length;
        for (int bits = maxLength; bits > 0; bits--) {
            int left = lengthCount[bits];
            while (left > 0) {
                int symbol = heap[--at];
                if (symbol < alphabet) {
                    length[symbol] = bits;
                    left--;
                }
            }
        }
    }

    /** RFC 1951, section 3.2.2; bits are reversed because codes go out highest bit first. */
    private void assignCodes() {
        int[] next = new int[MAX_LENGTH + 1];
        int first = 0;
        for (int bits = 1; bits <= MAX_LENGTH; bits++) {
            first = (first + lengthCount[bits - 1]) << 1;
            next[bits] = first;
        }
        for (int symbol = 0; symbol < alphabet; symbol++) {
            int bits = length[symbol];
            if (bits != 0) {
                code[symbol] = Integer.reverse(next[bits]++) >>> (32 - bits);
            }
        }
    }
}
