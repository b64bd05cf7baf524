package org.xfrmctl.manager.plan;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.Spi;
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

    /**
     * The reqids of the states that a packet waits for. The kernel keeps a larval state, without an SPI, for each that it
     * asked keying daemons for ({@code XFRM_MSG_ACQUIRE}), until it is added or {@code xfrm_acq_expires} seconds are over.
     */
    public Set<Reqid> awaited() {
        return states.stream()
                .filter(state -> state.id().spi().equals(Spi.NONE) && !state.isImplied())
                .map(XfrmState::reqid)
                .collect(Collectors.toUnmodifiableSet());
    }

    public static Snapshot read(XfrmTables tables) {
        return new Snapshot(tables.listStates(), tables.listPolicies());
    }
}
