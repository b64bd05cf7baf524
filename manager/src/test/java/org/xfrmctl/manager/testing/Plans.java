package org.xfrmctl.manager.testing;

import java.util.Set;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.plan.Ledger;
import org.xfrmctl.manager.plan.Plan;
import org.xfrmctl.manager.plan.Planner;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.model.definition.ChildName;

/** Plans for a kernel that no run is known to have changed. */
public final class Plans {
    private Plans() {}

    public static Plan up(DesiredState desired, Snapshot snapshot) {
        return up(desired, desired.names(), snapshot);
    }

    public static Plan up(DesiredState desired, Set<ChildName> children, Snapshot snapshot) {
        return Planner.plan(Goal.UP, desired, children, snapshot, Ledger.EMPTY);
    }

    public static Plan down(DesiredState desired, Set<ChildName> children, Snapshot snapshot) {
        return Planner.plan(Goal.DOWN, desired, children, snapshot, Ledger.EMPTY);
    }
}
