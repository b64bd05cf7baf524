package org.xfrmctl.datapath.engine;

import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.LifetimeLimits;

/**
 * What the timer of a policy finds ({@code xfrm_policy_timer()}). Only seconds limit a policy; one that was never used
 * counts its use from when it was added.
 *
 * @param ends whether a hard limit is reached
 * @param warns whether a soft limit is reached, now or before
 * @param nextLimit when the next limit is reached
 * @param nextWarning when a warning is repeated
 */
record PolicyTimer(boolean ends, boolean warns, long nextLimit, long nextWarning) {
    /** {@code XFRM_KM_TIMEOUT}. */
    private static final long REPEAT_SECONDS = 30;

    static PolicyTimer run(PolicyEntry policy, long now) {
        LifetimeLimits limits = policy.definition().limits();
        LifetimeCurrent current = policy.current();
        long added = current.addTime();
        long used = current.useTime() == 0 ? added : current.useTime();
        long hard = Math.min(
                at(added, limits.addSeconds().hard()),
                at(used, limits.useSeconds().hard()));
        long softAdd = at(added, limits.addSeconds().soft());
        long softUse = at(used, limits.useSeconds().soft());
        boolean warns = softAdd <= now || softUse <= now;
        long next = Math.min(hard, Math.min(future(softAdd, now), future(softUse, now)));
        return new PolicyTimer(hard <= now, warns, next, warns ? now + REPEAT_SECONDS : Timers.NEVER);
    }

    /** Sums overflow as they do in the kernel. */
    private static long at(long start, long seconds) {
        return seconds == 0 ? Timers.NEVER : start + seconds;
    }

    private static long future(long second, long now) {
        return second <= now ? Timers.NEVER : second;
    }

    /** When the timer runs next; warnings that should have been repeated before {@code now} are repeated once. */
    long next(long now) {
        return Math.min(nextLimit, nextWarning == Timers.NEVER ? nextWarning : Math.max(nextWarning, now));
    }
}
