package org.xfrmctl.model;

import java.util.List;

/** Sequence numbers and replay window of a state (RFC 4303, section 3.4.3). */
public sealed interface ReplayState {
    /** The window's size in packets; 0 checks nothing. */
    int window();

    /** 32-bit numbers and a window of at most 32 ({@code struct xfrm_replay_state}). Bit 0 of the bitmap is the top. */
    record Basic(int window, int outbound, int inbound, int bitmap) implements ReplayState {
        public static final Basic NONE = new Basic(0, 0, 0, 0);
    }

    /**
     * Numbers with their high words and a ring bitmap ({@code struct xfrm_replay_state_esn}); extended sequence numbers
     * are in use only where the state also has {@link StateFlag#ESN}.
     */
    record Extended(int window, long outbound, long inbound, List<Integer> bitmap) implements ReplayState {
        public Extended {
            bitmap = List.copyOf(bitmap);
        }
    }
}
