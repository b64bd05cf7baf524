package org.xfrmctl.datapath.replay;

import org.xfrmctl.model.ReplayState;

/** 32-bit numbers with a window of any size. The stored high halves are kept as they were given and not used. */
final class BitmapWindow extends ReplayWindow {
    private final int window;
    private final RingBitmap seen;
    private long outbound;
    private long top;

    BitmapWindow(ReplayState.Extended state) {
        window = state.window();
        seen = new RingBitmap(window, state.bitmap());
        outbound = state.outbound();
        top = state.inbound();
    }

    @Override
    public Outcome check(long sequence, int low) {
        return check(low, top, window);
    }

    @Override
    boolean isSeen(int low, long behind) {
        return seen.get(low & LOW_MASK);
    }

    @Override
    public void advance(long sequence) {
        if (window == 0) {
            return;
        }
        long number = sequence & LOW_MASK;
        long ahead = number - (top & LOW_MASK);
        if (ahead > 0) {
            seen.slide(top & LOW_MASK, ahead);
            top = (top & ~LOW_MASK) | number;
        }
        seen.set(number);
    }

    @Override
    public long nextOutbound(boolean mayWrap) {
        int next = (int) outbound + 1;
        if (next == 0 && !mayWrap) {
            return EXHAUSTED;
        }
        outbound = (outbound & ~LOW_MASK) | (next & LOW_MASK);
        return next & LOW_MASK;
    }

    @Override
    public ReplayState snapshot() {
        return new ReplayState.Extended(window, outbound, top, seen.toList());
    }
}
