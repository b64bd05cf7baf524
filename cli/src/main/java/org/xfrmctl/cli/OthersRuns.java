package org.xfrmctl.cli;

import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.xfrmctl.manager.journal.JournalRecord;
import org.xfrmctl.model.definition.ChildName;

/**
 * Which children others have made runs for, perhaps by a definition that is newer than the one known here. What those runs
 * did must not be undone by what is out of date, so these children are left alone until it is not.
 */
final class OthersRuns {
    /** What the last look left in the journal. */
    private JournalRecord left = JournalRecord.EMPTY;

    private final Set<ChildName> waiting = new HashSet<>();

    /** The children to leave alone; {@code isCurrent} is asked only if there may be any. */
    Set<ChildName> newer(JournalRecord now, BooleanSupplier isCurrent) {
        waiting.addAll(now.changedFrom(left));
        if (!waiting.isEmpty() && isCurrent.getAsBoolean()) {
            waiting.clear();
        }
        return Set.copyOf(waiting);
    }

    /** What stands in the journal now is by what is known here. */
    void left(JournalRecord now) {
        left = now;
    }
}
