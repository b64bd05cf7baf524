package org.xfrmctl.manager.plan;

import java.util.List;
import org.xfrmctl.manager.compile.BlockPolicy;
import org.xfrmctl.manager.compile.DesiredState;

/** The work of {@link Planner#planLockdown}. */
final class LockdownPlanning {
    private LockdownPlanning() {}

    static Plan plan(DesiredState desired, SnapshotIndex present) {
        List<Change> blocks = desired.policies()
                .filter(policy -> present.find(policy.key()).isEmpty())
                .<Change>map(policy -> new Change.AddPolicy(Stage.BLOCK, BlockPolicy.inPlaceOf(policy)))
                .toList();
        return new Plan(blocks, List.of());
    }
}
