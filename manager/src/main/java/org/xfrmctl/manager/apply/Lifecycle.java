package org.xfrmctl.manager.apply;

import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.journal.Journal;
import org.xfrmctl.manager.journal.JournalRecord;
import org.xfrmctl.manager.journal.UnfinishedRun;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.plan.Ledger;
import org.xfrmctl.manager.plan.Plan;
import org.xfrmctl.manager.plan.Planner;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.plan.XfrmTables;
import org.xfrmctl.model.definition.ChildName;

/**
 * One run: plans, writes down what it may leave behind, applies, and writes down what it did leave. Killed anywhere, it
 * leaves children that are protected or stopped and a journal that names all there is, so the next run gets to its goal
 * from there.
 */
public final class Lifecycle {
    private final DesiredState desired;
    private final XfrmTables tables;
    private final Journal journal;
    private final Clock clock;

    /** The journal stays the caller's, open until the last run has ended. */
    public Lifecycle(DesiredState desired, XfrmTables tables, Journal journal, Clock clock) {
        this.desired = desired;
        this.tables = tables;
        this.journal = journal;
        this.clock = clock;
    }

    /** What a run for this goal would do now; see {@link Planner#plan}. */
    public Plan plan(Goal goal, Set<ChildName> children) {
        return plan(goal, children, Snapshot.read(tables), journal.read().ledger());
    }

    private Plan plan(Goal goal, Set<ChildName> children, Snapshot snapshot, Ledger ledger) {
        return Planner.plan(goal, desired, children, snapshot, ledger);
    }

    /**
     * Does it.
     *
     * @return what was done
     * @throws org.xfrmctl.manager.plan.PlanConflictException and {@link RehearsalException}: nothing was changed
     * @throws org.xfrmctl.manager.journal.JournalException if the journal cannot be written: nothing was changed, or all
     *     was done and the journal names more than there is
     * @throws ApplyException if the kernel refused something, and everything was undone
     */
    public Plan run(Goal goal, Set<ChildName> children) {
        JournalRecord before = journal.read();
        Snapshot snapshot = Snapshot.read(tables);
        Plan plan = plan(goal, children, snapshot, before.ledger());
        Set<ChildName> concerned = concerned(goal, children, before.ledger());
        Ledger reach = before.ledger().in(snapshot).with(defined(concerned));
        JournalRecord during = before.beginning(
                new UnfinishedRun(goal, ProcessHandle.current().pid(), clock.instant()), concerned, reach);
        journal.write(during);
        try {
            Snapshot after = new Applier(tables).apply(plan, now -> plan(goal, children, now, reach));
            journal.write(during.ended(concerned, reach.in(after)));
            return plan;
        } catch (ApplyException | RehearsalException e) {
            journal.write(during.ended(concerned, reach.in(Snapshot.read(tables))));
            throw e;
        }
    }

    private Set<ChildName> concerned(Goal goal, Set<ChildName> children, Ledger ledger) {
        if (goal != Goal.APPLY) {
            return children;
        }
        Set<ChildName> all = new HashSet<>(desired.names());
        all.addAll(ledger.children());
        return all;
    }

    private Iterable<DesiredChild> defined(Set<ChildName> names) {
        return desired.children().stream()
                .filter(child -> names.contains(child.name()))
                .toList();
    }
}
