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
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.definition.ChildName;

/**
 * The work of {@link Planner} for {@link Goal#UP} and {@link Goal#APPLY}. The children that are not chosen are known, but
 * not touched.
 */
final class UpPlanning {
    private final List<DesiredChild> children;
    private final Set<ChildName> undefined;
    private final SnapshotIndex present;
    private final Ownership ownership;
    private final StateComparison comparison;
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
        this.comparison = new StateComparison(
                desired.children().stream()
                        .flatMap(child -> child.inbound().stream())
                        .toList(),
                present);
    }

    Plan plan() {
        for (DesiredChild child : children) {
            child.inbound().forEach(state -> put(child, state, Stage.INBOUND_STATES));
            child.outbound().forEach(state -> put(child, state, Stage.OUTBOUND_STATES));
            child.policies().forEach(policy -> put(child, policy));
            leftovers.policies(child.name()).forEach(this::removeOld);
            leftovers
                    .states(child.name())
                    .forEach(state -> removeOld(child.name(), state, Leftovers.stageOf(child, state)));
        }
        for (ChildName name : undefined) {
            leftovers.policies(name).forEach(this::removeOld);
            leftovers.states(name).forEach(state -> removeOld(name, state, Stage.OLD_OUTBOUND_STATES));
        }
        conflicts.addAll(overlaps.conflicts());
        if (!conflicts.isEmpty()) {
            throw new PlanConflictException(conflicts);
        }
        return new Plan(changes, overlaps.warnings());
    }

    /** EEXIST looks at destination, SPI, protocol and mark, not at the source or the if_id ({@code __xfrm_state_lookup()}). */
    private void put(DesiredChild child, XfrmState wanted, Stage stage) {
        Optional<XfrmState> same = present.find(wanted);
        if (same.isPresent()) {
            compare(child, wanted, same.get(), stage);
        } else if (present.withId(wanted.id()).isEmpty()) {
            changes.add(new Change.AddState(stage, wanted));
        } else {
            // The kernel may accept it, but by order of insertion one of the two would then be found for the other.
            XfrmState other = present.withId(wanted.id()).get(0);
            conflicts.add(child.name() + ": " + wanted.id() + " is in use by a state with another mark ("
                    + Notation.of(other) + "): choose another SPI");
        }
    }

    private void compare(DesiredChild child, XfrmState wanted, XfrmState have, Stage stage) {
        List<String> differences = comparison.differences(wanted, have);
        if (differences.isEmpty()) {
            if (!wanted.limits().equals(have.limits())) {
                changes.add(new Change.UpdateState(stage, wanted, have));
            }
        } else if (ownership.ownerOf(have).equals(Optional.of(child.name()))) {
            conflicts.add(child.name() + ": " + wanted.id() + " exists with another " + String.join(", ", differences)
                    + ": the kernel does not change that in place; a new key or parameter needs a new SPI");
        } else {
            String whose = ownership
                    .ownerOf(have)
                    .map(owner -> " of " + owner + ", which is not defined any more")
                    .orElse(" that is not this child's");
            conflicts.add(child.name() + ": " + wanted.id() + " is in use by a state" + whose + " (" + Notation.of(have)
                    + "): choose another SPI"
                    + ownership
                            .ownerOf(have)
                            .map(owner -> ", or take " + owner + " down")
                            .orElse(""));
        }
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

    private void removeOld(ChildName child, XfrmState old, Stage stage) {
        leftovers
                .misdirected(old)
                .ifPresentOrElse(
                        other -> conflicts.add(child + ": cannot delete " + Notation.of(old)
                                + ": the kernel would take " + Notation.of(other) + " for it"),
                        () -> changes.add(new Change.RemoveState(stage, old)));
    }
}
