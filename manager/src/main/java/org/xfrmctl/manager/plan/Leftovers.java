package org.xfrmctl.manager.plan;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/**
 * What {@linkplain Ownership belongs to} a defined child and is not wanted any more: the states of an old SPI, policies of
 * old selectors.
 */
final class Leftovers {
    private final SnapshotIndex present;
    private final Set<StateKey> wantedStates = new HashSet<>();
    private final Map<Reqid, Set<XfrmPolicy>> policies = new HashMap<>();

    private record StateKey(SaId id, Mark mark) {
        static StateKey of(XfrmState state) {
            return new StateKey(state.id(), state.mark().masked());
        }
    }

    Leftovers(DesiredState desired, SnapshotIndex present) {
        this.present = present;
        desired.states().map(StateKey::of).forEach(wantedStates::add);
        Set<PolicyKey> wantedPolicies = new HashSet<>();
        desired.policies().map(XfrmPolicy::key).forEach(wantedPolicies::add);
        for (XfrmPolicy policy : present.policies()) {
            if (!wantedPolicies.contains(policy.key()) && !policy.templates().isEmpty()) {
                Template outermost = policy.templates().get(policy.templates().size() - 1);
                policies.computeIfAbsent(outermost.reqid(), reqid -> new LinkedHashSet<>())
                        .add(policy);
            }
        }
    }

    List<XfrmState> states(DesiredChild child) {
        return present.withReqid(child.reqid()).stream()
                .filter(state -> Ownership.isOf(child, state) && !wantedStates.contains(StateKey.of(state)))
                .toList();
    }

    List<XfrmPolicy> policies(DesiredChild child) {
        return policies.getOrDefault(child.reqid(), Set.of()).stream()
                .filter(policy -> Ownership.isOf(child, policy))
                .toList();
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
        return child.inbound().stream()
                        .anyMatch(state ->
                                state.id().destination().equals(old.id().destination()))
                ? Stage.OLD_INBOUND_STATES
                : Stage.OLD_OUTBOUND_STATES;
    }
}
