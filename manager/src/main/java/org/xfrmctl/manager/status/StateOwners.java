package org.xfrmctl.manager.status;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.plan.SnapshotIndex;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.StateKey;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/**
 * Whose a kernel's states and policies are.
 *
 * @param children in the order of the definition
 * @param others what belongs to no child
 */
public record StateOwners(List<Owned> children, Snapshot others) {
    public StateOwners {
        children = List.copyOf(children);
    }

    /**
     * What belongs to a child.
     *
     * @param members the places of the states that are wanted now, and behind them what is left of earlier keys or was added for
     *     later ones
     * @param policies those of its policies that are there, as wanted or not
     */
    public record Owned(DesiredChild child, List<ChildSa.Member> members, List<XfrmPolicy> policies) {
        public Owned {
            members = List.copyOf(members);
            policies = List.copyOf(policies);
        }
    }

    /** By the names under which the kernel finds what is wanted, and by reqid and gateways for states with other keys. */
    public static StateOwners of(DesiredState desired, Snapshot snapshot) {
        Sorting sorting = new Sorting(snapshot);
        List<Owned> children = desired.children().stream().map(sorting::owned).toList();
        return new StateOwners(children, sorting.rest());
    }

    private record Ends(IpAddress source, IpAddress destination) {
        static Ends of(XfrmState state) {
            return new Ends(state.source(), state.id().destination());
        }
    }

    /** Each table is read once, however many children there are. */
    private static final class Sorting {
        private final Snapshot snapshot;
        private final SnapshotIndex present;
        private final Map<Reqid, List<XfrmState>> byReqid = new HashMap<>();
        private final Map<Ends, List<XfrmState>> companions = new HashMap<>();
        private final Set<StateKey> ownedStates = new HashSet<>();
        private final Set<PolicyKey> ownedPolicies = new HashSet<>();

        Sorting(Snapshot snapshot) {
            this.snapshot = snapshot;
            this.present = new SnapshotIndex(snapshot);
            present.states()
                    .forEach(state -> byReqid.computeIfAbsent(state.reqid(), each -> new ArrayList<>())
                            .add(state));
            snapshot.states().stream()
                    .filter(XfrmState::isImplied)
                    .forEach(state -> companions
                            .computeIfAbsent(Ends.of(state), each -> new ArrayList<>())
                            .add(state));
        }

        Owned owned(DesiredChild child) {
            Map<StateKey, XfrmState> near = new LinkedHashMap<>();
            Stream.concat(
                            child.states().flatMap(wanted -> present.find(wanted).stream()),
                            byReqid.getOrDefault(child.reqid(), List.of()).stream()
                                    .filter(state -> isBetweenItsGateways(child, state)))
                    .forEach(state -> near.put(state.key(), state));
            List<XfrmState> seen = new ArrayList<>(near.values());
            child.implied()
                    .forEach(implied -> seen.addAll(
                            companions.getOrDefault(new Ends(implied.source(), implied.destination()), List.of())));
            List<ChildSa.Member> members = new ArrayList<>(
                    ChildSa.of(child, new DesiredState(List.of(child), List.of()), new Snapshot(seen, List.of()))
                            .members());
            members.forEach(member -> member.state().ifPresent(state -> {
                near.remove(state.key());
                ownedStates.add(state.key());
            }));
            near.values().forEach(state -> {
                members.add(ChildSa.Member.of(direction(child, state), state));
                ownedStates.add(state.key());
            });
            List<XfrmPolicy> policies = child.policies().stream()
                    .flatMap(wanted -> present.find(wanted.key()).stream())
                    .toList();
            policies.forEach(policy -> ownedPolicies.add(policy.key()));
            return new Owned(child, members, policies);
        }

        private static boolean isBetweenItsGateways(DesiredChild child, XfrmState state) {
            return child.states().anyMatch(wanted -> Ends.of(wanted).equals(Ends.of(state)));
        }

        private static Direction direction(DesiredChild child, XfrmState state) {
            return child.outbound().stream().anyMatch(wanted -> Ends.of(wanted).equals(Ends.of(state)))
                    ? Direction.OUT
                    : Direction.IN;
        }

        Snapshot rest() {
            return new Snapshot(
                    snapshot.states().stream()
                            .filter(state -> !ownedStates.contains(state.key()))
                            .toList(),
                    present.policies().stream()
                            .filter(policy -> !ownedPolicies.contains(policy.key()))
                            .toList());
        }
    }
}
