package org.xfrmctl.datapath.replay;

import org.xfrmctl.model.ReplayState;

/**
 * 64-bit numbers of which only the lower half travels (RFC 4304). A number below the window is taken for one of the next
 * 2^32: authentication decides whether that is true, so a state without integrity can be pushed ahead by an old packet.
 */
final class EsnWindow extends ReplayWindow {
    private final int window;
    private final RingBitmap seen;
    private long outbound;
    private long top;

    EsnWindow(ReplayState.Extended state) {
        window = state.window();
        seen = new RingBitmap(window, state.bitmap());
        outbound = state.outbound();
        top = state.inbound();
    }

    /** RFC 4303, appendix A2.2: the window lies within one half-space (case A) or spans two (case B). */
    @Override
    public long expand(int low) {
        if (window == 0) {
            return (top & ~LOW_MASK) | (low & LOW_MASK);
        }
        int bottom = (int) top - window + 1;
        int high = (int) (top >>> 32);
        boolean belowBottom = Integer.compareUnsigned(low, bottom) < 0;
        if (spansTwo()) {
            high -= belowBottom ? 0 : 1;
        } else {
            high += belowBottom ? 1 : 0;
        }
        return (long) high << 32 | (low & LOW_MASK);
    }

    @Override
    public Outcome check(long sequence, int low) {
        if (window == 0) {
            return Outcome.OK;
        }
        if (low == 0 && top >>> 32 == 0 && spansTwo()) {
            return Outcome.ZERO;
        }
        // Differs only if the window has moved since the number was expanded.
        if (expand(low) != sequence) {
            return Outcome.TOO_OLD;
        }
        long behind = top - sequence;
        return behind >= 0 && isSeen(low, behind) ? Outcome.DUPLICATE : Outcome.OK;
    }

    @Override
    boolean isSeen(int low, long behind) {
        return seen.get(top - behind);
    }

    @Override
    public void advance(long sequence) {
        if (window == 0) {
            return;
        }
        long ahead = sequence - top;
        if (ahead > 0) {
            seen.slide(top, ahead);
            top = sequence;
        }
        seen.set(sequence);
    }

    /** The very last of the 2^64 numbers is not given out: it looks like {@link #EXHAUSTED}. */
    @Override
    public long nextOutbound(boolean mayWrap) {
        if (outbound >= -2 && outbound < 0) {
            return EXHAUSTED;
        }
        outbound++;
        return outbound;
    }

    @Override
    public ReplayState snapshot() {
        return new ReplayState.Extended(window, outbound, top, seen.toList());
    }

    private boolean spansTwo() {
        return Integer.compareUnsigned((int) top, window - 1) < 0;
    }
}
