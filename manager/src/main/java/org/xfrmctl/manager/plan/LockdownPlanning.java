package org.xfrmctl.manager.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.xfrmctl.manager.compile.BlockPolicy;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.definition.ChildName;

/** The work of {@link Planner} for {@link Goal#LOCKDOWN}. */
final class LockdownPlanning {
    private final Sight sight;
    private final List<DesiredChild> children;
    private final Ownership ownership;
    private final List<Change> changes = new ArrayList<>();
    private final List<String> conflicts = new ArrayList<>();

    LockdownPlanning(Sight sight, Set<ChildName> names) {
        this.sight = sight;
        this.children = sight.desired().children(names);
        this.ownership = sight.ownership();
    }

    Plan plan() {
        for (DesiredChild child : children) {
            child.policies().forEach(policy -> block(child, policy));
        }
        if (!conflicts.isEmpty()) {
            throw new PlanConflictException(conflicts);
        }
        return new Plan(changes, List.of());
    }

    /** One of ours that stands there protects its packets or stops them already. */
    private void block(DesiredChild child, XfrmPolicy wanted) {
        sight.present()
                .find(wanted.key())
                .ifPresentOrElse(
                        present -> {
                            if (!ownership.mayReplace(present, wanted)) {
                                conflicts.add(Ownership.inTheWay(child, wanted, present));
                            }
                        },
                        () -> changes.add(new Change.AddPolicy(Stage.BLOCK, BlockPolicy.inPlaceOf(wanted))));
    }
}
