package org.xfrmctl.manager.migrate.ipxfrm;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.xfrmctl.manager.migrate.draft.Findings;
import org.xfrmctl.manager.migrate.draft.Origin;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.StateKey;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/**
 * The states and policies of a text, in its order. A kernel refuses to add what is there, and
 * replaces it where it is told to update; both are told.
 */
final class Found {
    private final Map<StateKey, State> states = new LinkedHashMap<>();
    private final Map<PolicyKey, Policy> policies = new LinkedHashMap<>();

    /**
     * A state and where it stands.
     *
     * @param hidesKeys whether its keys were left out where it stands
     */
    record State(XfrmState state, Origin origin, boolean hidesKeys) {}

    /** Between whom a state is, and what it does. */
    record Ends(IpProtocol protocol, IpAddress from, IpAddress to) {
        static Ends of(State found) {
            SaId id = found.state().id();
            return new Ends(id.protocol(), found.state().source(), id.destination());
        }
    }

    /** A policy and where it stands. */
    record Policy(XfrmPolicy policy, Origin origin) {}

    /** Adds a state, or {@code updates} one. */
    void add(State state, boolean updates, Findings findings) {
        State first = states.get(state.state().key());
        if (first == null || !first.state().equals(state.state())) {
            add(states, state.state().key(), state, updates, State::origin, findings);
        }
    }

    /** Adds a policy, or {@code updates} one. Bits behind its prefixes are cleared, which no selector of a child has. */
    void add(Policy given, boolean updates, Findings findings) {
        Selector selector = given.policy().selector();
        Selector plain = new Selector(
                network(selector.source()),
                network(selector.destination()),
                selector.proto(),
                selector.sourcePort(),
                selector.destinationPort(),
                selector.binding());
        if (!plain.equals(selector)) {
            findings.add(
                    given.origin(),
                    "a child's selectors have no bits behind the prefix, and without them it is another policy",
                    "they were cleared, and it is about the same packets; delete the old one by hand");
        }
        Policy policy = new Policy(given.policy().toBuilder().selector(plain).build(), given.origin());
        Policy first = policies.get(policy.policy().key());
        if (first == null || !first.policy().equals(policy.policy())) {
            add(policies, policy.policy().key(), policy, updates, Policy::origin, findings);
        }
    }

    private static IpPrefix network(IpPrefix prefix) {
        return prefix.family() == Family.UNSPEC ? prefix : prefix.network();
    }

    private static <K, T> void add(
            Map<K, T> all, K key, T next, boolean updates, Function<T, Origin> origin, Findings findings) {
        T first = all.get(key);
        if (first == null) {
            all.put(key, next);
        } else if (updates) {
            all.put(key, next);
            findings.add(
                    origin.apply(first),
                    "line " + origin.apply(next).place().line() + " replaces it",
                    "nothing is lost if it was meant so");
        } else {
            findings.add(
                    origin.apply(next),
                    "line " + origin.apply(first).place().line() + " has added it, and a kernel refuses to do so again",
                    "the first was taken; leave one of them out");
        }
    }

    boolean isEmpty() {
        return states.isEmpty() && policies.isEmpty();
    }

    Collection<State> states() {
        return states.values();
    }

    Collection<Policy> policies() {
        return policies.values();
    }

    /** The states by protocol and ends; to be asked for when all are there. */
    Map<Ends, List<State>> byEnds() {
        return states.values().stream().collect(Collectors.groupingBy(Ends::of));
    }
}
