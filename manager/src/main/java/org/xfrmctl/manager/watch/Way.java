package org.xfrmctl.manager.watch;

import java.util.Optional;
import org.xfrmctl.manager.journal.JournalRecord;
import org.xfrmctl.manager.journal.UnfinishedRun;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.definition.PolicyOptions.StartAction;

/** What keeping a child means. */
enum Way {
    DOWN,
    /** No command was given for it since the last boot, and it is to begin by itself. */
    BEGINNING,
    /** It was to come up from nothing, and the run did not come to its end. */
    STARTING,
    /** Policies alone, until a packet asks for states. */
    TRAPPED,
    /** What passes in clear is blocked; what is protected stays so. */
    STOPPED,
    /** Up, by keys that are written down. */
    WRITTEN,
    /** Up, by derived keys. */
    DERIVED;

    /** Empty if nobody has said anything about the child. */
    static Optional<Way> of(ChildName child, JournalRecord record, Wanted wanted) {
        Optional<Goal> goal = Optional.ofNullable(record.goals().get(child));
        Optional<Goal> interrupted =
                Optional.ofNullable(record.unfinished().get(child)).map(UnfinishedRun::goal);
        boolean wasUp = goal.filter(Goal::needsKeys).isPresent();
        if (interrupted.isPresent() && !(wasUp && interrupted.get().needsKeys())) {
            return Optional.of(interrupted.get().needsKeys() ? Way.STARTING : of(child, interrupted.get(), wanted));
        }
        // A lockdown only bridges the time until there is more.
        boolean begins = goal.orElse(Goal.LOCKDOWN) == Goal.LOCKDOWN
                && wanted.startActions().getOrDefault(child, StartAction.NONE) != StartAction.NONE;
        return begins ? Optional.of(Way.BEGINNING) : goal.map(known -> of(child, known, wanted));
    }

    private static Way of(ChildName child, Goal goal, Wanted wanted) {
        return switch (goal) {
            case DOWN -> Way.DOWN;
            case UP, APPLY, REKEY_FINISH -> wanted.derived().contains(child) ? Way.DERIVED : Way.WRITTEN;
            case TRAP -> Way.TRAPPED;
            case LOCKDOWN, REKEY_INBOUND, REKEY_OUTBOUND, REKEY_UNDO -> Way.STOPPED;
        };
    }
}
