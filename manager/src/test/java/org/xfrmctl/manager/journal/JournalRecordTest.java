package org.xfrmctl.manager.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.manager.testing.ChildBuilder.child;

import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xfrmctl.manager.apply.Lifecycle;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.plan.Ledger;
import org.xfrmctl.manager.testing.ChildBuilder;
import org.xfrmctl.manager.testing.FakeTables;

/** What two records have in common, and what not. */
class JournalRecordTest {
    private static final ChildBuilder A = child("a");
    private static final ChildBuilder B =
            child("b").traffic("10.3.0.0/16", "10.4.0.0/16").spi(0x1100).key("b");

    private final FakeTables kernel = new FakeTables();
    private final Journal journal = Journal.inMemory();

    private void run(Goal goal, ChildBuilder child) {
        DesiredState desired = ChildBuilder.compile(A, B);
        new Lifecycle(desired, kernel, journal, Clock.systemUTC()).run(goal, Set.of(child.name()));
    }

    @Test
    void whatARunIsForHasChanged() {
        JournalRecord empty = journal.read();
        run(Goal.UP, A);
        JournalRecord first = journal.read();
        assertThat(first.changedFrom(empty)).containsExactly(A.name());
        assertThat(first.changedFrom(first)).isEmpty();

        run(Goal.UP, B);
        assertThat(journal.read().changedFrom(first)).containsExactly(B.name());
        assertThat(first.changedFrom(journal.read())).containsExactly(B.name());

        JournalRecord both = journal.read();
        run(Goal.DOWN, A);
        assertThat(journal.read().changedFrom(both)).containsExactly(A.name());
    }

    /** Though what the runs were for is the same. */
    @Test
    void anObjectMoreOrLessIsAChange() {
        run(Goal.UP, A);
        JournalRecord before = journal.read();
        JournalRecord less = new JournalRecord(Ledger.EMPTY, Map.of(), before.goals());
        assertThat(less.changedFrom(before)).containsExactly(A.name());
        assertThat(before.changedFrom(less)).containsExactly(A.name());
    }
}
