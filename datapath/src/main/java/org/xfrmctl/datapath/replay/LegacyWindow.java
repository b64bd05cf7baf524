package org.xfrmctl.datapath.replay;

import org.xfrmctl.model.ReplayState;

/** 32-bit numbers and a window of up to 32 in one word, in which bit 0 is the highest number seen. */
final class LegacyWindow extends ReplayWindow {
    private static final int MAX_WINDOW = 32;

    private final int window;
    private int outbound;
    private int top;
    private int bitmap;

    LegacyWindow(ReplayState.Basic state) {
        window = Math.min(state.window(), MAX_WINDOW);
        outbound = state.outbound();
        top = state.inbound();
        bitmap = state.bitmap();
    }

    @Override
    public Outcome check(long sequence, int low) {
        return check(low, top, window);
    }

    @Override
    boolean isSeen(int low, long behind) {
        return (bitmap >>> behind & 1) != 0;
    }

    @Override
    public void advance(long sequence) {
        if (window == 0) {
            return;
        }
        long ahead = (sequence & LOW_MASK) - (top & LOW_MASK);
        if (ahead > 0) {
            bitmap = ahead < window ? bitmap << ahead | 1 : 1;
            top = (int) sequence;
        } else {
            bitmap |= 1 << -ahead;
        }
    }

    @Override
    public long nextOutbound(boolean mayWrap) {
        if (outbound == -1 && !mayWrap) {
            return EXHAUSTED;
        }
        outbound++;
        return outbound & LOW_MASK;
    }

    @Override
    public ReplayState snapshot() {
        return new ReplayState.Basic(window, outbound, top, bitmap);
    }
}
