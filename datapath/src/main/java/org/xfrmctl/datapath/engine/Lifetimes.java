package org.xfrmctl.datapath.engine;

import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.LifetimeLimits;

/** When limits are reached; unsigned, and by {@code >=} as {@code xfrm_state_check_expire} compares. */
final class Lifetimes {
    private Lifetimes() {}

    /** The second at which the hard time limits end it; {@link Long#MAX_VALUE} for never. */
    static long hardAt(LifetimeLimits limits, LifetimeCurrent current) {
        return Math.min(
                at(current.addTime(), limits.addSeconds().hard()),
                current.useTime() == 0
                        ? Long.MAX_VALUE
                        : at(current.useTime(), limits.useSeconds().hard()));
    }

    static long softAt(LifetimeLimits limits, LifetimeCurrent current) {
        return Math.min(
                at(current.addTime(), limits.addSeconds().soft()),
                current.useTime() == 0
                        ? Long.MAX_VALUE
                        : at(current.useTime(), limits.useSeconds().soft()));
    }

    static boolean reached(long value, long limit) {
        return Long.compareUnsigned(value, limit) >= 0;
    }

    /** Seconds of 2^63 and more never come to pass either. */
    private static long at(long start, long seconds) {
        return seconds <= 0 || start + seconds < 0 ? Long.MAX_VALUE : start + seconds;
    }
}
