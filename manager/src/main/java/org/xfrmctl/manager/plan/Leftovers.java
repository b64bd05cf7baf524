package org.xfrmctl.manager.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.definition.ChildName;

/**
 * What {@linkplain Ownership belongs to} a child and is not wanted any more: the states of an old SPI, policies of old
 * selectors, everything of a child that is not defined.
 */
final class Leftovers {
    private final SnapshotIndex present;
    private final Set<StateKey> wantedStates;
    private final Set<PolicyKey> wantedPolicies;
    private final Map<ChildName, List<XfrmState>> states = new HashMap<>();
    private final Map<ChildName, List<XfrmPolicy>> policies = new HashMap<>();

    private record StateKey(SaId id, Mark mark) {
        static StateKey of(XfrmState state) {
            return new StateKey(state.id(), state.mark().masked());
        }
    }

    Leftovers(DesiredState desired, SnapshotIndex present, Ownership ownership) {
        this.present = present;
        this.wantedStates = desired.states().map(StateKey::of).collect(Collectors.toSet());
        this.wantedPolicies = desired.policies().map(XfrmPolicy::key).collect(Collectors.toSet());
        present.states()
                .forEach(state -> ownership
                        .ownerOf(state)
                        .ifPresent(owner -> states.computeIfAbsent(owner, name -> new ArrayList<>())
                                .add(state)));
        present.policies()
                .forEach(policy -> ownership
                        .ownerOf(policy)
                        .ifPresent(owner -> policies.computeIfAbsent(owner, name -> new ArrayList<>())
                                .add(policy)));
    }

    /** The child's states that no child wants. */
    List<XfrmState> states(ChildName child) {
        return allStates(child).stream()
                .filter(state -> !wantedStates.contains(StateKey.of(state)))
                .toList();
    }

    /** The child's policies in places where no child wants one. */
    List<XfrmPolicy> policies(ChildName child) {
        return allPolicies(child).stream()
                .filter(policy -> !wantedPolicies.contains(policy.key()))
                .toList();
    }

    /** The child's states, wanted or not. */
    List<XfrmState> allStates(ChildName child) {
        return states.getOrDefault(child, List.of());
    }

    /** The child's policies, wanted or not. */
    List<XfrmPolicy> allPolicies(ChildName child) {
        return policies.getOrDefault(child, List.of());
    }

    /**
     * The state that a request to delete {@code old} would hit instead: the newest one whose mark matches, which need not
     * have the same mark ({@code net/xfrm/xfrm_user.c, xfrm_user_state_lookup()}).
     */
    Optional<XfrmState> misdirected(XfrmState old) {
        return present.withId(old.id()).stream()
                .filter(state -> state.mark().matches(old.mark().masked().value()))
                .findFirst()
                .filter(hit -> !StateKey.of(hit).equals(StateKey.of(old)));
    }

    /** A state toward a local address of the child is inbound; one whose addresses changed altogether counts as outbound. */
    static Stage stageOf(DesiredChild child, XfrmState old) {
        return child.toHere()
                        .anyMatch(state ->
                                state.id().destination().equals(old.id().destination()))
                ? Stage.OLD_INBOUND_STATES
                : Stage.OLD_OUTBOUND_STATES;
    }
}
