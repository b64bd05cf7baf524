package org.xfrmctl.manager.status;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.plan.SnapshotIndex;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.definition.ChildName;

/**
 * A child that sends by the derived keys of an epoch and has heard nothing by them: its peer is down, or has not followed, or
 * is so far away in its epochs that neither understands the other.
 *
 * @param since when the epoch began
 */
public record Silence(ChildName child, long epoch, Instant since) {
    /** All of them, in the order of the definition; {@code desired} is of the present epochs. */
    public static List<Silence> of(DesiredState desired, Snapshot snapshot) {
        SnapshotIndex present = new SnapshotIndex(snapshot);
        return desired.children().stream()
                .filter(child -> child.epoch().isPresent())
                .flatMap(child -> of(child, present).stream())
                .toList();
    }

    private static Optional<Silence> of(DesiredChild child, SnapshotIndex present) {
        Optional<XfrmState> from = present.find(outermost(child.inbound()));
        return present.find(outermost(child.outbound()))
                .filter(Silence::hasPassed)
                .filter(to -> from.isPresent() && !hasPassed(from.get()))
                .map(to -> new Silence(
                        child.name(),
                        child.epoch().getAsLong(),
                        Instant.ofEpochSecond(to.current().addTime())));
    }

    /** Every packet goes through it, whether it is compressed or not. */
    private static XfrmState outermost(List<XfrmState> states) {
        return states.get(states.size() - 1);
    }

    private static boolean hasPassed(XfrmState state) {
        return state.current().packets() != 0;
    }

    /** For a person, without the child's name. */
    public String line() {
        return "nothing has been heard from the peer in epoch " + epoch + ", which began at " + since
                + ", though packets were sent: is it up, and in that epoch or the next?";
    }
}
