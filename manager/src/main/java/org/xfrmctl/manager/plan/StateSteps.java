package org.xfrmctl.manager.plan;

import java.util.List;
import java.util.Optional;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.definition.ChildName;

/** The changes that states take, and what is in their way. */
final class StateSteps {
    private final SnapshotIndex present;
    private final Ownership ownership;
    private final Leftovers leftovers;
    private final StateComparison comparison;
    private final List<Change> changes;
    private final List<String> conflicts;

    /** Adds to two lists that others may add to as well. */
    StateSteps(Sight sight, List<Change> changes, List<String> conflicts) {
        this.present = sight.present();
        this.ownership = sight.ownership();
        this.leftovers = sight.leftovers();
        this.comparison = new StateComparison(
                sight.desired().children().stream()
                        .flatMap(child -> child.inbound().stream())
                        .toList(),
                present);
        this.changes = changes;
        this.conflicts = conflicts;
    }

    /** EEXIST looks at destination, SPI, protocol and mark, not at the source or the if_id ({@code __xfrm_state_lookup()}). */
    void put(DesiredChild child, XfrmState wanted, Stage stage) {
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
                    + ": the kernel does not change that in place; "
                    + (child.epoch().isPresent()
                            ? "take the child down and up again"
                            : "a new key or parameter needs a new SPI"));
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

    /** Whether the kernel has it as wanted, whatever its limits are. */
    boolean isPresent(XfrmState wanted) {
        return present.find(wanted)
                .filter(have -> comparison.differences(wanted, have).isEmpty())
                .isPresent();
    }

    void remove(ChildName child, XfrmState old, Stage stage) {
        leftovers
                .misdirected(old)
                .ifPresentOrElse(
                        other -> conflicts.add(child + ": cannot delete " + Notation.of(old)
                                + ": the kernel would take " + Notation.of(other) + " for it"),
                        () -> changes.add(new Change.RemoveState(stage, old)));
    }
}
