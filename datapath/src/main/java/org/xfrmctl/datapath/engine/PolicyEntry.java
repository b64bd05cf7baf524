package org.xfrmctl.datapath.engine;

import java.util.List;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;

/** A policy in the SPD with the times that move. Guarded by the lock of its {@link XfrmNamespace}. */
public final class PolicyEntry {
    private XfrmPolicy definition;
    private final long addTime;
    private long useTime;
    private final Revision revision;
    private boolean dead;
    /** Where it stands among policies of its priority: see {@link PolicyOrder}. */
    private long place;

    PolicyEntry(XfrmPolicy definition, long now, Revision revision) {
        this.definition = definition;
        this.addTime = now;
        this.revision = revision;
    }

    /** The policy as configured, with the index that it was given. */
    public XfrmPolicy definition() {
        return definition;
    }

    /** The policy with the times of now, as a dump shows it. Bytes and packets of policies are never counted. */
    public XfrmPolicy snapshot() {
        return definition.toBuilder().current(current()).build();
    }

    public PolicyType type() {
        return definition.type().orElse(PolicyType.MAIN);
    }

    LifetimeCurrent current() {
        return new LifetimeCurrent(0, 0, addTime, useTime);
    }

    /** Gives the templates other ends, which changes neither the policy's place nor its times. */
    void templates(List<Template> templates) {
        definition = definition.toBuilder().templates(templates).build();
        revision.next();
    }

    void touch(long now) {
        useTime = now;
    }

    long place() {
        return place;
    }

    void place(long value) {
        place = value;
    }

    /** Whether this policy is asked before another: the lower priority number first, then the lower place. */
    boolean precedes(PolicyEntry other) {
        return compareOrder(this, other) < 0;
    }

    static int compareOrder(PolicyEntry a, PolicyEntry b) {
        int byPriority = comparePriority(a, b);
        return byPriority != 0 ? byPriority : Long.compare(a.place, b.place);
    }

    static int comparePriority(PolicyEntry a, PolicyEntry b) {
        return Integer.compareUnsigned(a.definition.priority(), b.definition.priority());
    }

    boolean isDead() {
        return dead;
    }

    void die() {
        dead = true;
    }

    @Override
    public String toString() {
        return definition.toString();
    }
}
