package org.xfrmctl.manager.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xfrmctl.manager.compile.BlockPolicy;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.definition.PolicyOptions.OnDown;

/** The work of {@link Planner#planDown} for one set of values. */
final class DownPlanning {
    private final List<DesiredChild> children;
    private final SnapshotIndex present;
    private final Ownership ownership;
    private final Leftovers leftovers;
    private final List<Change> changes = new ArrayList<>();
    private final List<String> conflicts = new ArrayList<>();

    DownPlanning(DesiredState desired, Set<ChildName> names, SnapshotIndex present) {
        this.children = desired.children(names);
        this.present = present;
        this.ownership = new Ownership(desired);
        this.leftovers = new Leftovers(desired, present);
    }

    Plan plan() {
        for (DesiredChild child : children) {
            child.policies().forEach(policy -> block(child, policy));
            present.withReqid(child.reqid()).stream()
                    .filter(state -> Ownership.isOf(child, state))
                    .forEach(state -> remove(child, state));
            // These lead to states that are gone, so they stop packets until they go themselves.
            leftovers.policies(child).forEach(policy -> changes.add(new Change.RemovePolicy(Stage.UNBLOCK, policy)));
            if (child.onDown() == OnDown.PASS) {
                child.policies().stream()
                        .sorted(Comparator.comparing(policy -> policy.direction() == Direction.OUT))
                        .forEach(this::unblock);
            }
        }
        if (!conflicts.isEmpty()) {
            throw new PlanConflictException(conflicts);
        }
        return new Plan(changes, List.of());
    }

    private void block(DesiredChild child, XfrmPolicy wanted) {
        XfrmPolicy block = BlockPolicy.inPlaceOf(wanted);
        Optional<XfrmPolicy> have = present.find(wanted.key());
        if (have.isEmpty()) {
            if (child.onDown() == OnDown.BLOCK) {
                changes.add(new Change.AddPolicy(Stage.BLOCK, block));
            }
        } else if (!PolicyComparison.same(block, have.get())) {
            if (ownership.mayReplace(have.get(), wanted)) {
                changes.add(new Change.UpdatePolicy(Stage.BLOCK, block, have.get()));
            } else {
                conflicts.add(child.name() + ": a policy that is not ours stands in the place of " + wanted.key() + " ("
                        + Notation.of(have.get()) + ")");
            }
        }
    }

    private void unblock(XfrmPolicy wanted) {
        if (present.find(wanted.key()).isPresent()) {
            changes.add(new Change.RemovePolicy(Stage.UNBLOCK, BlockPolicy.inPlaceOf(wanted)));
        }
    }

    private void remove(DesiredChild child, XfrmState state) {
        leftovers
                .misdirected(state)
                .ifPresentOrElse(
                        other -> conflicts.add(child.name() + ": cannot delete " + Notation.of(state)
                                + ": the kernel would take " + Notation.of(other) + " for it"),
                        () -> changes.add(new Change.RemoveState(Leftovers.stageOf(child, state), state)));
    }
}
