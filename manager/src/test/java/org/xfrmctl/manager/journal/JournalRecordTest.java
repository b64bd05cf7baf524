package org.xfrmctl.manager.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.manager.testing.ChildBuilder.child;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xfrmctl.manager.apply.Lifecycle;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.plan.Ledger;
import org.xfrmctl.manager.testing.ChildBuilder;
import org.xfrmctl.manager.testing.FakeTables;
import org.xfrmctl.model.IpPrefix;

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

    @Test
    void ofAChildThatProtectsNothingNoRouteIsKept() {
        run(Goal.UP, A);
        run(Goal.UP, B);
        List<AskedRoute> asked =
                List.of(new AskedRoute(IpPrefix.parse("10.2.0.0/16"), OptionalInt.of(1300), OptionalInt.empty()));
        JournalRecord both = journal.read().asking(Map.of(A.name(), asked, B.name(), List.of()));
        assertThat(both.routes()).containsOnly(Map.entry(A.name(), asked), Map.entry(B.name(), List.of()));
        assertThat(both.changedFrom(journal.read())).containsExactlyInAnyOrder(A.name(), B.name());

        journal.write(both);
        run(Goal.DOWN, A);
        assertThat(journal.read().asking(Map.of()).routes()).containsOnlyKeys(B.name());
        assertThat(both.asking(Map.of(B.name(), asked)).routes()).containsEntry(B.name(), asked);
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
