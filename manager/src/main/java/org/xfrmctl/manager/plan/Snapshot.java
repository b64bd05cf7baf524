package org.xfrmctl.manager.plan;

import java.util.List;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/**
 * What a kernel held when it was asked, newest first as it answers. Two dumps are no atomic view: what changes meanwhile
 * is found by the check after an apply.
 */
public record Snapshot(List<XfrmState> states, List<XfrmPolicy> policies) {
    public static final Snapshot EMPTY = new Snapshot(List.of(), List.of());

    public Snapshot {
        states = List.copyOf(states);
        policies = List.copyOf(policies);
    }

    public static Snapshot read(XfrmTables tables) {
        return new Snapshot(tables.listStates(), tables.listPolicies());
    }
}
