package org.xfrmctl.manager.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.definition.ChildName;

/**
 * The work of {@link Planner} for the phases of a rekey (RFC 9061, section 5.3.1): what the definition wants are the new
 * states, and what else the child has are the old ones. Policies name no SPI, so they stay as they are.
 */
final class RekeyPlanning {
    private final Goal phase;
    private final List<DesiredChild> children;
    private final SnapshotIndex present;
    private final Leftovers leftovers;
    private final StateSteps states;
    private final List<Change> changes = new ArrayList<>();
    private final List<String> conflicts = new ArrayList<>();

    RekeyPlanning(Goal phase, Sight sight, Set<ChildName> names) {
        this.phase = phase;
        this.children = sight.desired().children(names);
        this.present = sight.present();
        this.leftovers = sight.leftovers();
        this.states = new StateSteps(sight, changes, conflicts);
    }

    Plan plan() {
        for (DesiredChild child : children) {
            int before = conflicts.size();
            demandPolicies(child);
            if (conflicts.size() == before) {
                plan(child);
            }
        }
        if (!conflicts.isEmpty()) {
            throw new PlanConflictException(conflicts);
        }
        return new Plan(changes, List.of());
    }

    /** Whether a state that is wanted is not there, and an old one of its kind is. */
    boolean isAwaited() {
        return children.stream().anyMatch(child -> child.states().anyMatch(state -> isFollowing(child, state)));
    }

    private boolean isFollowing(DesiredChild child, XfrmState wanted) {
        return !states.isPresent(wanted)
                && leftovers.states(child.name()).stream()
                        .anyMatch(old -> old.id().protocol().equals(wanted.id().protocol())
                                && old.id().destination().equals(wanted.id().destination()));
    }

    private boolean hasOldOutbound(DesiredChild child) {
        return leftovers.states(child.name()).stream()
                .anyMatch(state -> Leftovers.stageOf(child, state) == Stage.OLD_OUTBOUND_STATES);
    }

    private void plan(DesiredChild child) {
        switch (phase) {
            case REKEY_INBOUND -> {
                demandOld(child);
                child.inbound().forEach(state -> states.put(child, state, Stage.INBOUND_STATES));
            }
            case REKEY_OUTBOUND -> {
                demand(child, child.inbound(), "inbound");
                child.outbound().forEach(state -> states.put(child, state, Stage.OUTBOUND_STATES));
            }
            case REKEY_FINISH -> {
                demand(child, child.inbound(), "inbound");
                demand(child, child.outbound(), "outbound");
                leftovers
                        .states(child.name())
                        .forEach(state -> states.remove(child.name(), state, Leftovers.stageOf(child, state)));
            }
            case REKEY_UNDO -> {
                if (leftovers.states(child.name()).isEmpty()) {
                    conflicts.add(
                            child.name() + ": it has no states but the new ones, so there is nothing to go back to");
                }
                // The old outbound states take their traffic back when the newer ones are gone.
                child.outbound().forEach(state -> undo(child, state, Stage.OLD_OUTBOUND_STATES));
                child.inbound().forEach(state -> undo(child, state, Stage.OLD_INBOUND_STATES));
            }
            default -> throw new AssertionError(phase);
        }
    }

    /** What has no predecessor of its kind is no new state: it serves both. */
    private void undo(DesiredChild child, XfrmState state, Stage stage) {
        boolean hasOld = leftovers.states(child.name()).stream()
                .anyMatch(old -> Leftovers.stageOf(child, old) == stage
                        && old.id().protocol().equals(state.id().protocol()));
        if (hasOld && states.isPresent(state)) {
            states.remove(child.name(), state, stage);
        }
    }

    /** A rekey changes SPIs and keys and nothing else. */
    private void demandPolicies(DesiredChild child) {
        for (XfrmPolicy policy : child.policies()) {
            if (present.find(policy.key())
                    .filter(have -> PolicyComparison.same(policy, have))
                    .isEmpty()) {
                conflicts.add(child.name() + ": its policy " + policy.key()
                        + " is not there as defined, and a rekey changes states alone: run \"up\" first");
                return;
            }
        }
    }

    private void demand(DesiredChild child, List<XfrmState> wanted, String direction) {
        wanted.stream()
                .filter(state -> !states.isPresent(state))
                .findFirst()
                .ifPresent(state -> conflicts.add(child.name() + ": its new " + direction + " state " + state.id()
                        + " is not there: run \"rekey --phase " + direction + "\" at both ends first"));
    }

    /** Without old outbound states, or new ones that have taken over already, there is nothing that a rekey goes on from. */
    private void demandOld(DesiredChild child) {
        if (!hasOldOutbound(child) && !child.outbound().stream().allMatch(states::isPresent)) {
            conflicts.add(child.name() + ": it has no outbound states that new ones could follow: run \"up\" first");
        }
    }
}
