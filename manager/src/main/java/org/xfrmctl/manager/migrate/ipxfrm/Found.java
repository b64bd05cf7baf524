package org.xfrmctl.manager.migrate.ipxfrm;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.xfrmctl.manager.migrate.draft.Origin;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.StateKey;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/** The states and policies of a text, in its order. What is added again under one name takes the first one's place. */
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

    void add(State state) {
        states.put(state.state().key(), state);
    }

    void add(Policy policy) {
        policies.put(policy.policy().key(), policy);
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
