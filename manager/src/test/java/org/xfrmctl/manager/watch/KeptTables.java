package org.xfrmctl.manager.watch;

import static org.xfrmctl.manager.testing.ChildBuilder.child;

import java.time.Clock;
import java.util.Set;
import org.xfrmctl.manager.apply.Lifecycle;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.journal.EpochStore;
import org.xfrmctl.manager.journal.Journal;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.manager.testing.ChildBuilder;
import org.xfrmctl.manager.testing.FakeTables;

/** Tables that a keeper looks after, and what it remembers. */
abstract class KeptTables {
    static final ChildBuilder A = child("a").ipcomp();
    static final ChildBuilder B =
            child("b").traffic("10.3.0.0/16", "10.4.0.0/16").spi(0x1100).key("b");

    final FakeTables kernel = new FakeTables();
    final Journal journal = Journal.inMemory();
    final EpochStore epochs = EpochStore.inMemory();
    final Rests rests = new Rests();

    static Wanted wanted(ChildBuilder... children) {
        return Wanted.of(ChildBuilder.definition(children), ChildBuilder.keys(children));
    }

    void run(Goal goal, ChildBuilder... children) {
        DesiredState desired = wanted(children).outline();
        new Lifecycle(desired, kernel, journal, Clock.systemUTC()).run(goal, desired.names());
    }

    Keeper.Look look(ChildBuilder... children) {
        return look(Clock.systemUTC(), children);
    }

    Keeper.Look look(Clock clock, ChildBuilder... children) {
        return new Keeper(wanted(children), kernel, clock, rests).look(journal, epochs);
    }

    /** States and policies, whatever their age and order. */
    Set<Object> content() {
        return kernel.content();
    }
}
