package org.xfrmctl.datapath.host.tcp;

/** How much may be under way for the network's sake: slow start and what follows it (RFC 5681, RFC 6582, RFC 6928). */
final class Congestion {
    private static final int INITIAL_SEGMENTS = 10;
    private static final int DUPLICATES = 3;

    private int window;
    private int threshold = Integer.MAX_VALUE;
    private int duplicates;
    private boolean recovering;
    /** The newest sequence number that was sent when the last loss was noticed. */
    private int recover;

    /** What an acknowledgment asks for. */
    enum Reaction {
        NONE,
        RETRANSMIT_FIRST
    }

    Congestion(int initialSequence) {
        recover = initialSequence;
    }

    /** The connection stands; the segment size is known. */
    void open(int mss) {
        window = INITIAL_SEGMENTS * mss;
    }

    int window() {
        return window;
    }

    /** Something new was acknowledged: {@code bytes} up to {@code sequence}. */
    Reaction acknowledged(int sequence, int bytes, int mss) {
        duplicates = 0;
        if (recovering) {
            if (Sequence.isBefore(sequence, recover)) {
                // Partial: the segment behind it is lost too.
                window = Math.max(mss, window - bytes + mss);
                return Reaction.RETRANSMIT_FIRST;
            }
            recovering = false;
            window = threshold;
        } else if (window < threshold) {
            grow(Math.min(bytes, mss));
        } else {
            grow(Math.max(1, (int) ((long) mss * mss / window)));
        }
        return Reaction.NONE;
    }

    /** The same was acknowledged again while {@code flight} bytes were under way, the newest before {@code newest}. */
    Reaction duplicate(int sequence, int newest, int flight, int mss) {
        duplicates++;
        if (recovering) {
            grow(mss);
        } else if (duplicates == DUPLICATES && !Sequence.isBefore(sequence, recover)) {
            recovering = true;
            recover = newest;
            threshold = Math.max(flight / 2, 2 * mss);
            window = threshold + DUPLICATES * mss;
            return Reaction.RETRANSMIT_FIRST;
        }
        return Reaction.NONE;
    }

    /** Nothing was acknowledged in time. */
    void timedOut(int newest, int flight, int mss) {
        threshold = Math.max(flight / 2, 2 * mss);
        window = mss;
        duplicates = 0;
        recovering = false;
        recover = newest;
    }

    private void grow(int bytes) {
        window = (int) Math.min(1 << 30, (long) window + bytes);
    }
}
