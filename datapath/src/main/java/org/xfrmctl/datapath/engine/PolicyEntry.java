package org.xfrmctl.datapath.engine;

import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.XfrmPolicy;

/** A policy in the SPD with the times that move. Guarded by the lock of its {@link XfrmNamespace}. */
public final class PolicyEntry {
    private final XfrmPolicy definition;
    private LifetimeCurrent current;
    private boolean dead;
    /** When the soft limit is announced again; it repeats every 30 seconds ({@code XFRM_KM_TIMEOUT}). */
    private long nextWarning;

    PolicyEntry(XfrmPolicy definition, long now) {
        this.definition = definition;
        this.current = new LifetimeCurrent(0, 0, now, 0);
    }

    /** The policy as configured, with the index that it was given. */
    public XfrmPolicy definition() {
        return definition;
    }

    /** The policy with the times of now, as a dump shows it. Bytes and packets of policies are never counted. */
    public XfrmPolicy snapshot() {
        return definition.toBuilder().current(current).build();
    }

    public PolicyType type() {
        return definition.type().orElse(PolicyType.MAIN);
    }

    /** The times for limits: a policy that was never used counts as used when it was added. */
    LifetimeCurrent usedSinceAdded() {
        return current.useTime() == 0 ? new LifetimeCurrent(0, 0, current.addTime(), current.addTime()) : current;
    }

    void touch(long now) {
        current = new LifetimeCurrent(0, 0, current.addTime(), now);
    }

    boolean isDead() {
        return dead;
    }

    void die() {
        dead = true;
    }

    /** Whether the soft limit is to be announced now; notes that it is. */
    boolean warnsAt(long now) {
        if (now < nextWarning) {
            return false;
        }
        nextWarning = now + 30;
        return true;
    }

    @Override
    public String toString() {
        return definition.toString();
    }
}
