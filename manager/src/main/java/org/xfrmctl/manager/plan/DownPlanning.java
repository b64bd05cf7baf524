package org.xfrmctl.manager.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.xfrmctl.manager.compile.BlockPolicy;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.definition.PolicyOptions.OnDown;

/** The work of {@link Planner} for {@link Goal#DOWN}. */
final class DownPlanning {
    private final List<DesiredChild> children;
    private final Set<ChildName> undefined;
    private final SnapshotIndex present;
    private final Ownership ownership;
    private final Leftovers leftovers;
    private final ForeignOverlaps overlaps;
    private final StateSteps states;
    private final List<Change> changes = new ArrayList<>();
    private final List<String> conflicts = new ArrayList<>();

    DownPlanning(Sight sight, Set<ChildName> names) {
        Set<ChildName> defined = sight.desired().names();
        this.children = sight.desired().children().stream()
                .filter(child -> names.contains(child.name()))
                .toList();
        // Of a name that the ledger does not know either, nothing is there: so it looks when the work is done.
        this.undefined = names.stream().filter(name -> !defined.contains(name)).collect(Collectors.toUnmodifiableSet());
        this.overlaps = ForeignOverlaps.ofBlocks(
                sight,
                children.stream()
                        .filter(child -> child.onDown() == OnDown.BLOCK)
                        .toList(),
                undefined);
        this.present = sight.present();
        this.ownership = sight.ownership();
        this.leftovers = sight.leftovers();
        this.states = new StateSteps(sight, changes, conflicts);
    }

    Plan plan() {
        for (DesiredChild child : children) {
            child.policies().forEach(policy -> block(child, policy));
            leftovers
                    .allStates(child.name())
                    .forEach(state -> states.remove(child.name(), state, Leftovers.stageOf(child, state)));
            // These lead to states that are gone, so they stop packets until they go themselves.
            removeLast(leftovers.policies(child.name()));
            if (child.onDown() == OnDown.PASS) {
                child.policies().stream()
                        .sorted(Comparator.comparing(policy -> policy.direction() == Direction.OUT))
                        .forEach(this::unblock);
            }
        }
        for (ChildName name : undefined) {
            leftovers.allStates(name).forEach(state -> states.remove(name, state, Stage.OLD_OUTBOUND_STATES));
            removeLast(leftovers.allPolicies(name));
        }
        conflicts.addAll(overlaps.conflicts());
        if (!conflicts.isEmpty()) {
            throw new PlanConflictException(conflicts);
        }
        return new Plan(changes, overlaps.warnings());
    }

    private void removeLast(List<XfrmPolicy> policies) {
        policies.forEach(policy -> changes.add(new Change.RemovePolicy(Stage.UNBLOCK, policy)));
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
                conflicts.add(Ownership.inTheWay(child, wanted, have.get()));
            }
        }
    }

    private void unblock(XfrmPolicy wanted) {
        if (present.find(wanted.key()).isPresent()) {
            changes.add(new Change.RemovePolicy(Stage.UNBLOCK, BlockPolicy.inPlaceOf(wanted)));
        }
    }
}
