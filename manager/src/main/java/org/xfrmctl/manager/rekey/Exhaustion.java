package org.xfrmctl.manager.rekey;

import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.LifetimeLimits.Limit;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.XfrmState;

/** Whether an outbound state has to be followed by another one soon: a soft limit, or the end of its sequence numbers. */
final class Exhaustion {
    /** Three quarters of what 32 bits count: after the last number nothing is sent any more (RFC 4303, section 3.3.3). */
    private static final long NUMBERS = 0xc000_0000L;

    private Exhaustion() {}

    static boolean isNear(XfrmState state, long nowSeconds) {
        LifetimeLimits limits = state.limits();
        LifetimeCurrent current = state.current();
        return isPast(limits.bytes(), current.bytes())
                || isPast(limits.packets(), current.packets())
                || isOver(limits.addSeconds(), current.addTime(), nowSeconds)
                || isOver(limits.useSeconds(), current.useTime(), nowSeconds)
                || isNearTheLastNumber(state);
    }

    private static boolean isPast(Limit limit, long current) {
        return limit.soft() != LifetimeLimits.INFINITE && Long.compareUnsigned(current, limit.soft()) >= 0;
    }

    private static boolean isOver(Limit limit, long since, long now) {
        return limit.soft() != 0 && since != 0 && now - since >= limit.soft();
    }

    private static boolean isNearTheLastNumber(XfrmState state) {
        if (state.replay() instanceof ReplayState.Basic basic) {
            return Integer.toUnsignedLong(basic.outbound()) >= NUMBERS;
        }
        return state.replay() instanceof ReplayState.Extended extended
                && !state.flags().has(StateFlag.ESN)
                && extended.outbound() >= NUMBERS;
    }
}
