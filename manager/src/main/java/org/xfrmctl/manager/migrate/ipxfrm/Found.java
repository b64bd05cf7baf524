package org.xfrmctl.manager.migrate.ipxfrm;

import java.util.ArrayList;
import java.util.List;
import org.xfrmctl.manager.migrate.draft.Origin;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/** The states and policies of a text, in its order. What is added again under one name takes the first one's place. */
final class Found {
    private final List<State> states = new ArrayList<>();
    private final List<Policy> policies = new ArrayList<>();

    /**
     * A state and where it stands.
     *
     * @param hidesKeys whether its keys were left out where it stands
     */
    record State(XfrmState state, Origin origin, boolean hidesKeys) {}

    /** A policy and where it stands. */
    record Policy(XfrmPolicy policy, Origin origin) {}

    void add(State state) {
        states.removeIf(each -> each.state().key().equals(state.state().key()));
        states.add(state);
    }

    void add(Policy policy) {
        policies.removeIf(each -> each.policy().key().equals(policy.policy().key()));
        policies.add(policy);
    }

    List<State> states() {
        return states;
    }

    List<Policy> policies() {
        return policies;
    }
}
