package org.xfrmctl.manager.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xfrmctl.manager.compile.BlockPolicy;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.definition.ChildName;

/**
 * The work of {@link Planner} for {@link Goal#UP}, {@link Goal#APPLY} and {@link Goal#TRAP}. The children that are not chosen are known, but
 * not touched.
 */
final class UpPlanning {
    private final List<DesiredChild> children;
    private final Set<ChildName> undefined;
    private final SnapshotIndex present;
    private final Ownership ownership;
    private final StateSteps states;
    private final Leftovers leftovers;
    private final ForeignOverlaps overlaps;
    private final List<Change> changes = new ArrayList<>();
    private final List<String> conflicts = new ArrayList<>();

    /** Beside bringing up the named children, removes what is left of the undefined ones. */
    UpPlanning(Sight sight, Set<ChildName> names, Set<ChildName> undefined) {
        DesiredState desired = sight.desired();
        this.children = desired.children(names);
        this.undefined = undefined;
        this.present = sight.present();
        this.ownership = sight.ownership();
        this.leftovers = sight.leftovers();
        this.overlaps = ForeignOverlaps.of(sight, children, undefined);
        this.states = new StateSteps(sight, changes, conflicts);
    }

    Plan plan() {
        for (DesiredChild child : children) {
            child.toHere().forEach(state -> states.put(child, state, Stage.INBOUND_STATES));
            child.outbound().forEach(state -> states.put(child, state, Stage.OUTBOUND_STATES));
            policies(child);
            leftovers
                    .states(child.name())
                    .forEach(state -> states.remove(child.name(), state, Leftovers.stageOf(child, state)));
        }
        for (ChildName name : undefined) {
            leftovers.policies(name).forEach(this::removeOld);
            leftovers.states(name).forEach(state -> states.remove(name, state, Stage.OLD_OUTBOUND_STATES));
        }
        return checked();
    }

    /** All of the policies, and none of the states. */
    Plan trap() {
        for (DesiredChild child : children) {
            policies(child);
            leftovers
                    .allStates(child.name())
                    .forEach(state -> states.remove(child.name(), state, Leftovers.stageOf(child, state)));
        }
        return checked();
    }

    private Plan checked() {
        conflicts.addAll(overlaps.conflicts());
        if (!conflicts.isEmpty()) {
            throw new PlanConflictException(conflicts);
        }
        return new Plan(changes, overlaps.warnings());
    }

    private void policies(DesiredChild child) {
        child.policies().forEach(policy -> put(child, policy));
        leftovers.policies(child.name()).forEach(this::removeOld);
    }

    private void put(DesiredChild child, XfrmPolicy wanted) {
        Stage stage = stageOf(wanted);
        Optional<XfrmPolicy> have = present.find(wanted.key());
        if (have.isEmpty()) {
            if (wanted.templates().isEmpty()) {
                changes.add(new Change.AddPolicy(stage, wanted));
            } else {
                XfrmPolicy block = BlockPolicy.inPlaceOf(wanted);
                changes.add(new Change.AddPolicy(Stage.BLOCK, block));
                changes.add(new Change.UpdatePolicy(stage, wanted, block));
            }
        } else if (!PolicyComparison.same(wanted, have.get())) {
            if (ownership.mayReplace(have.get(), wanted)) {
                changes.add(new Change.UpdatePolicy(stage, wanted, have.get()));
            } else {
                conflicts.add(Ownership.inTheWay(child, wanted, have.get()));
            }
        }
    }

    private static Stage stageOf(XfrmPolicy wanted) {
        boolean outward =
                wanted.direction() == Direction.OUT || wanted.templates().isEmpty();
        return outward ? Stage.OUTBOUND_POLICIES : Stage.INBOUND_POLICIES;
    }

    private void removeOld(XfrmPolicy old) {
        changes.add(new Change.RemovePolicy(
                old.direction() == Direction.OUT ? Stage.OLD_OUTBOUND_POLICIES : Stage.OLD_INBOUND_POLICIES, old));
    }
}
