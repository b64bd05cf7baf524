package org.xfrmctl.manager.rekey;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.plan.SnapshotIndex;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.XfrmState;

/**
 * Whether the old states of children that are being rekeyed have had their last packet. Counters say so, no clock: the peer
 * has switched when its packets arrive by the new inbound state, and what was under way has arrived when none came by the
 * old ones between two looks.
 */
public final class Drain {
    private final List<DesiredChild> children;

    public Drain(List<DesiredChild> children) {
        this.children = List.copyOf(children);
    }

    /** One line for each child whose old states may still be needed, with the reason; empty when all of them may go. */
    public List<String> waitingFor(Snapshot earlier, Snapshot later) {
        SnapshotIndex before = new SnapshotIndex(earlier);
        SnapshotIndex now = new SnapshotIndex(later);
        List<String> reasons = new ArrayList<>();
        for (DesiredChild child : children) {
            List<XfrmState> old = old(child, now);
            if (old.isEmpty()) {
                continue;
            }
            if (!isUsed(child, now)) {
                reasons.add(
                        child.name() + ": no packet has come by the new inbound states, so the peer may still send by"
                                + " the old ones");
            } else {
                old.stream()
                        .filter(state -> packets(state)
                                != before.find(state).map(Drain::packets).orElse(-1L))
                        .findFirst()
                        .ifPresent(state ->
                                reasons.add(child.name() + ": packets still pass by the old state " + state.id()));
            }
        }
        return reasons;
    }

    /** Those of its reqid that it does not want. */
    private static List<XfrmState> old(DesiredChild child, SnapshotIndex present) {
        Set<SaId> wanted = child.states().map(XfrmState::id).collect(Collectors.toSet());
        return present.states().stream()
                .filter(state -> state.reqid().equals(child.reqid()) && !wanted.contains(state.id()))
                .toList();
    }

    private static boolean isUsed(DesiredChild child, SnapshotIndex present) {
        return child.inbound().stream()
                .filter(state -> state.id().protocol().equals(IpProtocol.ESP))
                .flatMap(state -> present.find(state).stream())
                .anyMatch(state -> packets(state) != 0);
    }

    private static long packets(XfrmState state) {
        return state.current().packets();
    }
}
