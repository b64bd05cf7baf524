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
    private final DesiredState desired;
    private final KernelSession session;
    private final Lifecycle lifecycle;

    ManagedHost(LabHost host, DesiredState desired) {
        this.desired = desired;
        this.session = new KernelSession(host.openNetlink());
        this.lifecycle = new Lifecycle(desired, session.tables(), Journal.inMemory(), Clock.systemUTC());
    }

    public DesiredState desired() {
        return desired;
    }

    public KernelSession session() {
        return session;
    }

    public void up() {
        lifecycle.run(Goal.UP, desired.names());
    }

    public void down() {
        lifecycle.run(Goal.DOWN, desired.names());
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
