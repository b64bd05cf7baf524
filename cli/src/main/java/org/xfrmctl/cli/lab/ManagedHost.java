package org.xfrmctl.cli.lab;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.xfrmctl.cli.kernel.KernelSession;
import org.xfrmctl.manager.apply.Lifecycle;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.journal.EpochStore;
import org.xfrmctl.manager.journal.Journal;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.rekey.EpochChoice;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.manager.status.CounterTable;
import org.xfrmctl.model.definition.ChildName;

/** A lab's host that our manager manages, with its netlink socket. */
public final class ManagedHost implements AutoCloseable {
    private final Journal journal = Journal.inMemory();
    private final EpochStore epochs = EpochStore.inMemory();
    private Wanted wanted;
    private final KernelSession session;

    ManagedHost(LabHost host, Wanted wanted) {
        this.wanted = wanted;
        this.session = new KernelSession(host.openNetlink());
    }

    /** What is wanted now. */
    public DesiredState desired() {
        return desired(session.snapshot());
    }

    private DesiredState desired(Snapshot snapshot) {
        return wanted.now(() -> epochs, snapshot);
    }

    public KernelSession session() {
        return session;
    }

    /** From now on this is what is wanted; the kernel is not touched. */
    void define(Wanted definition) {
        wanted = definition;
    }

    /** A run for all children. */
    public void run(Goal goal) {
        run(goal, wanted.epochs(epochs, session.snapshot()), EpochChoice::current);
    }

    /** All children whose keys are derived go to their next epoch. */
    public void rekey() {
        run(Goal.UP, wanted.epochs(epochs, session.snapshot()), choice -> choice.next(wanted.derived(), false));
    }

    private void run(Goal goal, EpochChoice choice, Function<EpochChoice, DesiredState> epoch) {
        DesiredState desired = epoch.apply(choice);
        Set<ChildName> names = desired.names();
        new Lifecycle(desired, session.tables(), journal, Clock.systemUTC(), choice::use).run(goal, names);
    }

    /** The counters of every child, now. */
    public List<CounterTable> counters() {
        Snapshot snapshot = session.snapshot();
        DesiredState desired = desired(snapshot);
        return desired.children().stream()
                .map(child -> CounterTable.of(child, desired, snapshot))
                .toList();
    }

    @Override
    public void close() {
        session.close();
    }
}
