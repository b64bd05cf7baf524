package org.xfrmctl.cli.lab;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.xfrmctl.cli.kernel.KernelSession;
import org.xfrmctl.manager.apply.Applier;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.plan.Planner;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.status.CounterTable;
import org.xfrmctl.model.definition.ChildName;

/** A lab's host that our manager manages, with its netlink socket. */
public final class ManagedHost implements AutoCloseable {
    private final DesiredState desired;
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

    public void up() {
        new Applier(session.tables())
                .apply(Planner.plan(desired, session.snapshot()), snapshot -> Planner.plan(desired, snapshot));
    }

    public void down() {
        Set<ChildName> all = new LinkedHashSet<>();
        desired.children().stream().map(DesiredChild::name).forEach(all::add);
        new Applier(session.tables())
                .apply(
                        Planner.planDown(desired, all, session.snapshot()),
                        snapshot -> Planner.planDown(desired, all, snapshot));
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
