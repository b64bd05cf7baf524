package org.xfrmctl.netlink.command;

import java.util.Collections;
import java.util.List;
import org.xfrmctl.model.ReplayState;

/** {@code replay-window N} and the four {@code replay-…} numbers that a state begins with. */
final class ReplayWords {
    static final List<String> WORDS =
            List.of("replay-window", "replay-seq", "replay-seq-hi", "replay-oseq", "replay-oseq-hi");

    /** {@code XFRMA_REPLAY_ESN_MAX}. */
    private static final int LARGEST_WINDOW = 4096;

    private static final int BITS = 32;

    private final Words words;
    private int window;
    private int inbound;
    private int inboundHigh;
    private int outbound;
    private int outboundHigh;

    ReplayWords(Words words) {
        this.words = words;
    }

    boolean read(String word) {
        switch (word) {
            case "replay-window" -> window = (int) words.number(word, LARGEST_WINDOW);
            case "replay-seq" -> inbound = words.u32(word);
            case "replay-seq-hi" -> inboundHigh = words.u32(word);
            case "replay-oseq" -> outbound = words.u32(word);
            case "replay-oseq-hi" -> outboundHigh = words.u32(word);
            default -> {
                return false;
            }
        }
        return true;
    }

    boolean hasWindow() {
        return window != 0;
    }

    /** The high words count only with extended numbers, or where the window has no place in the old struct. */
    ReplayState replay(boolean extended) {
        if (!extended && window <= BITS) {
            return new ReplayState.Basic(window, outbound, inbound, 0);
        }
        return new ReplayState.Extended(
                window,
                join(outboundHigh, outbound),
                join(inboundHigh, inbound),
                Collections.nCopies((window + BITS - 1) / BITS, 0));
    }

    private static long join(int high, int low) {
        return (long) high << 32 | Integer.toUnsignedLong(low);
    }
}
