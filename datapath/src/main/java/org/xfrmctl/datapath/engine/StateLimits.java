package org.xfrmctl.datapath.engine;

import org.xfrmctl.model.LifetimeCurrent;

/**
 * The limits of the states in a {@link StateTable}: those in bytes and packets, asked before each packet, and those in
 * seconds. Guarded by the lock of its {@link XfrmNamespace}.
 */
final class StateLimits {
    private final StateTable table;
    private final XfrmNamespace namespace;
    /** Those with limits in seconds. */
    private final Timers<SecurityAssociation> timers = new Timers<>();

    StateLimits(StateTable table, XfrmNamespace namespace) {
        this.table = table;
        this.namespace = namespace;
    }

    /**
     * Applies byte and packet limits before a packet is processed ({@code xfrm_state_check_expire}): notes the first
     * use, announces a soft limit once, removes the state at a hard one.
     *
     * @return whether the packet must be dropped
     */
    boolean isExpired(SecurityAssociation association) {
        if (!association.isUsed()) {
            association.firstUsed(namespace.seconds());
            timers.setEarlier(association, StateTimer.useLimitAt(association));
        }
        if (association.isExhausted()) {
            table.expire(association);
            return true;
        }
        warnIfLow(association);
        return false;
    }

    /** Announces a soft limit in bytes or packets of a state in use, once, unless the hard one is reached as well. */
    void warnIfLow(SecurityAssociation association) {
        boolean limited = association.isUsed() && !association.isExhausted();
        if (limited && !association.isDying() && association.isRunningLow()) {
            warn(association);
        }
    }

    /**
     * Says what a state was used for before ({@code XFRMA_LTIME_VAL}); its age counts toward its limits. The timer stays
     * as it is set.
     */
    void restore(SecurityAssociation association, LifetimeCurrent used) {
        association.current(used);
        long next = namespace.seconds() + 1;
        timers.setEarlier(association, Math.max(next, StateTimer.useLimitAt(association)));
    }

    /** First of all a second later; with no limit in seconds there is nothing to wait for. */
    void start(SecurityAssociation association) {
        timers.set(association, StateTimer.isNeeded(association.limits()) ? namespace.seconds() + 1 : Timers.NEVER);
    }

    void cancel(SecurityAssociation association) {
        timers.cancel(association);
    }

    /** When {@link #runTimers} has something to do. */
    long nextTimer() {
        return timers.next();
    }

    /** Removes what reaches its end at this second, and announces what is close to it. */
    void runTimers(long second) {
        for (SecurityAssociation association : timers.take(second)) {
            StateTimer.Finding finding = association.timer().run(association, second);
            if (finding == StateTimer.Finding.END) {
                table.expire(association);
                continue;
            }
            if (finding == StateTimer.Finding.WARN) {
                warn(association);
            }
            timers.set(association, association.timer().next());
        }
    }

    /** Whether a soft limit has been reached, as far as can be seen from without. */
    boolean isNearEnd(SecurityAssociation association) {
        return (association.isUsed() && association.isRunningLow())
                || StateTimer.isSoftReached(association.limits(), association.current(), namespace.seconds());
    }

    private void warn(SecurityAssociation association) {
        association.dying(true);
        namespace.events().stateExpired(association.snapshot(), false);
    }
}
