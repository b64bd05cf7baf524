package org.xfrmctl.manager.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private final ForeignOverlaps overlaps;
    private final List<Change> changes = new ArrayList<>();
    private final List<String> conflicts = new ArrayList<>();

    LockdownPlanning(Sight sight, Set<ChildName> names) {
        this.sight = sight;
        this.children = sight.desired().children(names);
        this.ownership = sight.ownership();
        this.overlaps = ForeignOverlaps.ofBlocks(sight, children, Set.of());
    }

    Plan plan() {
        for (DesiredChild child : children) {
            child.policies().forEach(policy -> block(child, policy));
        }
        conflicts.addAll(overlaps.conflicts());
        if (!conflicts.isEmpty()) {
            throw new PlanConflictException(conflicts);
        }
        return new Plan(changes, overlaps.warnings());
    }

    /** One of ours with templates protects its packets; where it lets them pass as they are, they are stopped. */
    private void block(DesiredChild child, XfrmPolicy wanted) {
        XfrmPolicy block = BlockPolicy.inPlaceOf(wanted);
        Optional<XfrmPolicy> have = sight.present().find(wanted.key());
        if (have.isEmpty()) {
            changes.add(new Change.AddPolicy(Stage.BLOCK, block));
        } else if (!ownership.mayReplace(have.get(), wanted)) {
            conflicts.add(Ownership.inTheWay(child, wanted, have.get()));
        } else if (have.get().templates().isEmpty()
                && !wanted.templates().isEmpty()
                && !PolicyComparison.same(block, have.get())) {
            changes.add(new Change.UpdatePolicy(Stage.BLOCK, block, have.get()));
        }
    }
}
