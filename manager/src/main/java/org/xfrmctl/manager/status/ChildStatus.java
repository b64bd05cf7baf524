package org.xfrmctl.manager.status;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xfrmctl.manager.compile.BlockPolicy;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.plan.PolicyComparison;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.plan.SnapshotIndex;
import org.xfrmctl.manager.plan.StateComparison;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.definition.ChildName;

/**
 * How a child stands in the kernel.
 *
 * @param states the wanted states that exist, inbound first
 * @param implied the kernel's IPIP companions that exist
 * @param missing one line for each thing that is absent or not as wanted
 */
public record ChildStatus(
        ChildName name, Condition condition, List<XfrmState> states, List<XfrmState> implied, List<String> missing) {

    public ChildStatus {
        states = List.copyOf(states);
        implied = List.copyOf(implied);
        missing = List.copyOf(missing);
    }

    /** What becomes of the child's packets. */
    public enum Condition {
        /** Everything is there: protected. */
        UP,
        /** Something is missing or different. */
        PARTIAL,
        /** Nothing is there: in clear, unless another policy takes them. */
        DOWN,
        /** All policies are there, and no state: what is to be sent is stopped, until a packet brings it up or a command does. */
        TRAPPED,
        /** Blocks stand in place of all policies, and there are no states: stopped. */
        BLOCKED
    }

    /** The status of every child, in the order of the definition. */
    public static List<ChildStatus> of(DesiredState desired, Snapshot snapshot) {
        SnapshotIndex present = new SnapshotIndex(snapshot);
        StateComparison comparison = new StateComparison(
                desired.children().stream()
                        .flatMap(child -> child.inbound().stream())
                        .toList(),
                present);
        // With thousands of children and states not each is held against each.
        List<XfrmState> companions =
                snapshot.states().stream().filter(XfrmState::isImplied).toList();
        return desired.children().stream()
                .map(child -> of(child, snapshot, present, companions, comparison))
                .toList();
    }

    private static ChildStatus of(
            DesiredChild child,
            Snapshot snapshot,
            SnapshotIndex present,
            List<XfrmState> companions,
            StateComparison comparison) {
        List<XfrmState> found = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        child.states().forEach(wanted -> {
            Optional<XfrmState> have = present.find(wanted);
            have.ifPresent(found::add);
            List<String> differences =
                    have.map(state -> comparison.differences(wanted, state)).orElse(List.of());
            if (have.isEmpty() || !differences.isEmpty()) {
                missing.add("state " + wanted + lacks(differences));
            }
        });
        int blocks = 0;
        int policies = 0;
        int templates = 0;
        for (XfrmPolicy wanted : child.policies()) {
            Optional<XfrmPolicy> have = present.find(wanted.key());
            policies += have.isPresent() ? 1 : 0;
            blocks += have.filter(it -> PolicyComparison.same(BlockPolicy.inPlaceOf(wanted), it))
                            .isPresent()
                    ? 1
                    : 0;
            if (have.filter(it -> PolicyComparison.same(wanted, it)).isPresent()) {
                templates++;
            } else {
                missing.add("policy " + wanted.key() + (have.isEmpty() ? " is missing" : " is another"));
            }
        }
        List<XfrmState> implied = companions.stream()
                .filter(state -> child.implied().stream().anyMatch(it -> it.describes(state)))
                .toList();
        return new ChildStatus(
                child.name(),
                missing.isEmpty()
                        ? Condition.UP
                        : snapshot.hasStates(child)
                                ? Condition.PARTIAL
                                : withoutStates(child.policies().size(), policies, templates, blocks),
                found,
                implied,
                missing);
    }

    private static String lacks(List<String> differences) {
        return differences.isEmpty() ? " is missing" : " has another " + String.join(", ", differences);
    }

    /** What it is with no state, by how many of its policies there are, as wanted or as blocks. */
    private static Condition withoutStates(int all, int present, int templates, int blocks) {
        if (blocks == all) {
            return Condition.BLOCKED;
        }
        return templates == all ? Condition.TRAPPED : present == 0 ? Condition.DOWN : Condition.PARTIAL;
    }
}
