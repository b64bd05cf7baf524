package org.xfrmctl.datapath.ipcomp;

/** Bits into bytes, lowest first (RFC 1951, section 3.1.1). What does not fit is dropped and {@link #full} tells. */
final class BitWriter {
    private byte[] out = new byte[0];
    private int limit;
    private int count;
    private long pending;
    private int pendingBits;

    /** Begins anew, writing at most {@code limit} bytes. */
    void start(byte[] target, int bytes) {
        out = target;
        limit = bytes;
        count = 0;
        pending = 0;
        pendingBits = 0;
    }

    /** Writes the lower {@code length} bits of {@code bits}, at most 16. */
    void write(int bits, int length) {
        pending |= (long) bits << pendingBits;
        pendingBits += length;
        while (pendingBits >= 8) {
            put((int) pending);
            pending >>>= 8;
            pendingBits -= 8;
        }
    }

    /** Fills the last byte with zero bits. */
    void align() {
        if (pendingBits > 0) {
            write(0, 8 - pendingBits);
        }
    }

    /** Copies bytes as they are; the output must be aligned. */
    void copy(byte[] in, int offset, int length) {
        for (int i = 0; i < length; i++) {
            put(in[offset + i]);
        }
    }

    /** Whether no byte is left, used up exactly or exceeded. */
    boolean full() {
        return count >= limit;
    }

    int count() {
        return count;
    }

    private void put(int value) {
        if (count < limit) {
            out[count] = (byte) value;
            count++;
        }
    }
}
