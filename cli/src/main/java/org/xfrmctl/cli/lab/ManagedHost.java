package org.xfrmctl.cli.lab;

import java.time.Clock;
import java.util.List;
import org.xfrmctl.cli.kernel.KernelSession;
import org.xfrmctl.manager.apply.Lifecycle;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.journal.Journal;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.status.CounterTable;

/** A lab's host that our manager manages, with its netlink socket. */
public final class ManagedHost implements AutoCloseable {
    private final Journal journal = Journal.inMemory();
    private DesiredState desired;
    private final KernelSession session;

    ManagedHost(LabHost host, DesiredState desired) {
        this.desired = desired;
        this.session = new KernelSession(host.openNetlink());
    }

    public DesiredState desired() {
        return desired;
    }

    public KernelSession session() {
        return session;
    }

    /** From now on this is what is wanted; the kernel is not touched. */
    void define(DesiredState wanted) {
        desired = wanted;
    }

    /** A run for all children. */
    public void run(Goal goal) {
        new Lifecycle(desired, session.tables(), journal, Clock.systemUTC()).run(goal, desired.names());
    }

    /** The counters of every child, now. */
    public List<CounterTable> counters() {
        Snapshot snapshot = session.snapshot();
        return desired.children().stream()
                .map(child -> CounterTable.of(child, desired, snapshot))
                .toList();
    }

    @Override
    public void close() {
        session.close();
    }
}
