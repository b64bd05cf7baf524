package org.xfrmctl.datapath.replay;

import java.util.Arrays;
import java.util.List;

/** The bitmap of {@code struct xfrm_replay_state_esn}: number s has bit (s - 1) mod window. */
final class RingBitmap {
    private final int window;
    private final int[] words;

    RingBitmap(int window, List<Integer> initial) {
        this.window = window;
        this.words = new int[Math.max(initial.size(), (window + 31) / 32)];
        for (int i = 0; i < initial.size(); i++) {
            words[i] = initial.get(i);
        }
    }

    boolean get(long sequence) {
        int bit = bit(sequence);
        return (words[bit / 32] >>> bit & 1) != 0;
    }

    void set(long sequence) {
        int bit = bit(sequence);
        words[bit / 32] |= 1 << bit;
    }

    /** Forgets what fell out of the window when its top moved from {@code top} to {@code top + ahead}. */
    void slide(long top, long ahead) {
        if (ahead >= window) {
            Arrays.fill(words, 0, (window + 31) / 32, 0);
            return;
        }
        for (long i = 1; i < ahead; i++) {
            int bit = bit(top + i);
            words[bit / 32] &= ~(1 << bit);
        }
    }

    List<Integer> toList() {
        return Arrays.stream(words).boxed().toList();
    }

    // The kernel takes the remainder of the low 32 bits alone. That agrees for every window that is a power of two; for
    // others it misplaces bits whenever the low half passes zero, the very first packet included, and lets that one be
    // replayed. There we keep to the rule of RFC 4303 instead.
    private int bit(long sequence) {
        return Math.floorMod(sequence - 1, window);
    }
}
