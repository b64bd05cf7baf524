package org.xfrmctl.datapath.engine;

import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.LifetimeLimits;

/** The timer of one state's limits in seconds ({@code xfrm_timer_handler()}). Guarded by the namespace's lock. */
final class StateTimer {
    private static final long NONE = -1;

    /** What a run found. */
    enum Finding {
        NOTHING,
        /** A soft limit is reached. */
        WARN,
        /** A hard limit is reached. */
        END
    }

    /** How far off the soft limit since addition was when the timer was set for it; {@link #NONE} if it was not. */
    private long softLimitIn = NONE;

    private long next = Timers.NEVER;

    /** When it runs next, after {@link #run}. */
    long next() {
        return next;
    }

    /** Whether there is a limit in seconds at all. */
    static boolean isNeeded(LifetimeLimits limits) {
        return limits.addSeconds().soft() != 0
                || limits.addSeconds().hard() != 0
                || limits.useSeconds().soft() != 0
                || limits.useSeconds().hard() != 0;
    }

    /**
     * The second at which a limit since use is reached. A state that was never used does not come closer to it, so its
     * timer need not run for that.
     */
    static long useLimitAt(SecurityAssociation association) {
        LifetimeLimits.Limit limit = association.limits().useSeconds();
        long used = association.current().useTime();
        return used == 0 ? Timers.NEVER : Math.min(later(used, limit.soft()), later(used, limit.hard()));
    }

    /** A limit so large that the sum overflows is reached at once. */
    private static long later(long second, long limit) {
        return limit == 0 ? Timers.NEVER : Math.max(second + 1, second + limit);
    }

    /** Looks at the limits: the hard ones first, the soft ones once only. Sums overflow as they do in the kernel. */
    Finding run(SecurityAssociation association, long now) {
        next = Timers.NEVER;
        LifetimeLimits limits = association.limits();
        long hard = limits.addSeconds().hard();
        if (hard != 0) {
            long left = hard + association.current().addTime() - now;
            if (left <= 0) {
                if (softLimitIn == NONE) {
                    return Finding.END;
                }
                left = hard - softLimitIn;
                warnFirst(association, now);
            }
            runIn(left, now);
        }
        long used = association.current().useTime();
        if (used != 0 && isReached(limits.useSeconds().hard(), used, now)) {
            return Finding.END;
        }
        if (association.isDying()) {
            return Finding.NOTHING;
        }
        boolean warn = isSoftReached(association, now);
        warn |= used != 0 && isReached(limits.useSeconds().soft(), used, now);
        return warn ? Finding.WARN : Finding.NOTHING;
    }

    /** The clock, or the time of addition, was set: the warning comes first, and the end as long after it as planned. */
    private void warnFirst(SecurityAssociation association, long now) {
        LifetimeCurrent current = association.current();
        association.current(
                new LifetimeCurrent(current.bytes(), current.packets(), now - softLimitIn - 1, current.useTime()));
    }

    /** Whether a soft limit in seconds has been reached, whoever has noticed it. */
    static boolean isSoftReached(LifetimeLimits limits, LifetimeCurrent current, long now) {
        return isOver(limits.addSeconds().soft(), current.addTime(), now)
                || (current.useTime() != 0 && isOver(limits.useSeconds().soft(), current.useTime(), now));
    }

    private static boolean isOver(long limit, long since, long now) {
        return limit != 0 && now - since >= limit;
    }

    private boolean isSoftReached(SecurityAssociation association, long now) {
        long soft = association.limits().addSeconds().soft();
        if (soft == 0) {
            return false;
        }
        long left = soft + association.current().addTime() - now;
        if (left <= 0) {
            softLimitIn = NONE;
            return true;
        }
        if (now + left < next) {
            softLimitIn = left;
        }
        runIn(left, now);
        return false;
    }

    private boolean isReached(long limit, long since, long now) {
        if (limit == 0) {
            return false;
        }
        long left = limit + since - now;
        if (left > 0) {
            runIn(left, now);
        }
        return left <= 0;
    }

    private void runIn(long seconds, long now) {
        long at = now + seconds;
        next = Math.min(next, at < 0 ? Timers.NEVER : at);
    }
}
