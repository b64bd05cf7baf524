package org.xfrmctl.datapath.replay;

import org.xfrmctl.model.ReplayState;

/**
 * The sequence numbers of one state, both ways (net/xfrm/xfrm_replay.c). Received numbers pass {@link #expand}, then
 * {@link #check}, and after decryption {@link #advance}. Linux checks a second time before it advances, for another
 * processor may have had the same packet; here the lock of the namespace is held in between. Sequence numbers are unsigned.
 * Not safe for several threads.
 */
public abstract sealed class ReplayWindow permits LegacyWindow, BitmapWindow, EsnWindow {
    /** What {@link #nextOutbound} answers when the numbers are used up ({@code XfrmOutStateSeqError}). */
    public static final long EXHAUSTED = -1;

    static final long LOW_MASK = 0xffffffffL;

    /** The verdict on a received number; all but {@link #OK} drop the packet as {@code XfrmInStateSeqError}. */
    public enum Outcome {
        OK,
        /** Left of the window, or with another high half than {@code expand} makes; counts as replay_window. */
        TOO_OLD,
        /** Seen before; counts as replay. */
        DUPLICATE,
        /** Zero is never sent (RFC 4303, section 2.2); not counted on the state. */
        ZERO
    }

    ReplayWindow() {}

    /**
     * Takes up a state's numbers.
     *
     * @param esn whether the state has the ESN flag; then {@code state} must be {@link ReplayState.Extended}
     */
    public static ReplayWindow of(ReplayState state, boolean esn) {
        if (state instanceof ReplayState.Extended extended) {
            return esn ? new EsnWindow(extended) : new BitmapWindow(extended);
        }
        if (esn) {
            throw new IllegalArgumentException("extended sequence numbers need ReplayState.Extended");
        }
        return new LegacyWindow((ReplayState.Basic) state);
    }

    /** The whole number behind the 32 bits on the wire, by what has been received so far. */
    public long expand(int low) {
        return low & LOW_MASK;
    }

    /** Whether a packet with this number may pass; {@code sequence} is what {@link #expand} made of {@code low}. */
    public abstract Outcome check(long sequence, int low);

    /** Whether a number was seen that lies in the window, so far behind its top. */
    abstract boolean isSeen(int low, long behind);

    /** The check of 32-bit numbers. */
    final Outcome check(int low, long top, int window) {
        if (window == 0) {
            return Outcome.OK;
        }
        if (low == 0) {
            return Outcome.ZERO;
        }
        long behind = (top & LOW_MASK) - (low & LOW_MASK);
        if (behind < 0) {
            return Outcome.OK;
        }
        if (behind >= window) {
            return Outcome.TOO_OLD;
        }
        return isSeen(low, behind) ? Outcome.DUPLICATE : Outcome.OK;
    }

    /** Notes an accepted number: after authentication, never before (RFC 4303, section 3.4.3). */
    public abstract void advance(long sequence);

    /**
     * The number for the next packet, or {@link #EXHAUSTED}. With {@code mayWrap} 32-bit numbers go on with 0
     * ({@code XFRM_SA_XFLAG_OSEQ_MAY_WRAP}); extended numbers never do.
     */
    public abstract long nextOutbound(boolean mayWrap);

    /** The numbers as a dump shows them. */
    public abstract ReplayState snapshot();
}
