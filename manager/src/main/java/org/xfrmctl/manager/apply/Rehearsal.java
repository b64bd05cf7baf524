package org.xfrmctl.manager.apply;

import java.util.List;
import java.util.Optional;
import org.xfrmctl.manager.plan.Change;
import org.xfrmctl.manager.plan.Plan;
import org.xfrmctl.manager.plan.XfrmTables;
import org.xfrmctl.netlink.NetlinkException;

/**
 * Whether the kernel can do what a plan asks of it: it is asked about every state before the first change is made, so a
 * missing module or algorithm, or a key of the wrong length, is found while nothing has to be undone.
 */
public final class Rehearsal {
    private Rehearsal() {}

    /**
     * Asks about the states that {@code plan} adds.
     *
     * @throws RehearsalException if the kernel would refuse some of them
     */
    public static void check(Plan plan, XfrmTables tables) {
        List<NetlinkException> refusals = plan.changes().stream()
                .filter(Change.AddState.class::isInstance)
                .map(change -> tables.rehearseState(((Change.AddState) change).state()))
                .flatMap(Optional::stream)
                .toList();
        if (!refusals.isEmpty()) {
            throw new RehearsalException(refusals);
        }
    }
}
