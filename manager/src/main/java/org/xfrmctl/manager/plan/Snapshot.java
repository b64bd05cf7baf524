package org.xfrmctl.manager.plan;

import java.util.List;
import org.xfrmctl.manager.compile.DesiredChild;
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
     * Whether a packet waits for states of this child. The kernel keeps a larval state, without an SPI, for each that it
     * asked keying daemons for ({@code XFRM_MSG_ACQUIRE}), until it is added or {@code xfrm_acq_expires} seconds are over.
     */
    public boolean isAwaited(DesiredChild child) {
        return states.stream()
                .filter(state -> state.id().spi().equals(Spi.NONE)
                        && !state.isImplied()
                        && state.reqid().equals(child.reqid()))
                .anyMatch(larval -> child.outbound().stream().anyMatch(wanted -> isBetweenSame(wanted, larval)));
    }

    /** Whether there is a state of this child, by its reqid and its gateways, larval ones and the kernel's own left out. */
    public boolean hasStates(DesiredChild child) {
        return states.stream()
                .filter(state -> !state.id().spi().equals(Spi.NONE)
                        && !state.isImplied()
                        && state.reqid().equals(child.reqid()))
                .anyMatch(state -> child.states().anyMatch(wanted -> isBetweenSame(wanted, state)));
    }

    private static boolean isBetweenSame(XfrmState one, XfrmState other) {
        return one.source().equals(other.source())
                && one.id().destination().equals(other.id().destination());
    }

    public static Snapshot read(XfrmTables tables) {
        return new Snapshot(tables.listStates(), tables.listPolicies());
    }
}
