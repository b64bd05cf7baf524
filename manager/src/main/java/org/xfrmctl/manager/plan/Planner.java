package org.xfrmctl.manager.plan;

import java.util.Set;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.model.definition.ChildName;

/**
 * Says what to change. All three plans are idempotent: applied, they leave nothing to plan. None touches the kernel's IPIP
 * companions or an object that is not ours.
 *
 * <p>Ours is a state with the reqid of a defined child, a policy with a template of such a reqid, and a block or pass
 * policy in the very place of one that we want. A reqid outside of our {@linkplain
 * org.xfrmctl.manager.compile.ReqidBand band} may be somebody else's too, so it counts only between the child's gateways.
 */
public final class Planner {
    private Planner() {}

    /**
     * Brings every child up, mends what differs, and removes what bears a child's reqid and is no longer wanted.
     *
     * @throws PlanConflictException with everything that stands in the way
     */
    public static Plan plan(DesiredState desired, Snapshot snapshot) {
        return plan(desired, desired.names(), snapshot);
    }

    /**
     * As {@link #plan(DesiredState, Snapshot)}, for the named children alone. The others stay as they are, up, down or
     * half-way, and nothing of theirs is taken for foreign or obsolete.
     *
     * @throws PlanConflictException with everything that stands in the way
     * @throws IllegalArgumentException if a name is not among the desired children
     */
    public static Plan plan(DesiredState desired, Set<ChildName> children, Snapshot snapshot) {
        return new UpPlanning(desired, children, new SnapshotIndex(snapshot)).plan();
    }

    /**
     * Takes the named children down. Their policies first turn into blocks in place, then the states go; with {@code
     * on_down: pass} the blocks go last, so that after a crash half-way nothing passes that should not yet.
     *
     * @throws PlanConflictException with everything that stands in the way
     * @throws IllegalArgumentException if a name is not among the desired children
     */
    public static Plan planDown(DesiredState desired, Set<ChildName> children, Snapshot snapshot) {
        return new DownPlanning(desired, children, new SnapshotIndex(snapshot)).plan();
    }
}
