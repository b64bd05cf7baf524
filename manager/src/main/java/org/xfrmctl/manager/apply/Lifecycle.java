package org.xfrmctl.manager.apply;

import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.journal.Journal;
import org.xfrmctl.manager.journal.JournalException;
import org.xfrmctl.manager.journal.JournalRecord;
import org.xfrmctl.manager.journal.UnfinishedRun;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.plan.Ledger;
import org.xfrmctl.manager.plan.Plan;
import org.xfrmctl.manager.plan.Planner;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.plan.XfrmTables;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.definition.PolicyOptions.OnDown;

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
    private final Consumer<Plan> beforeChanges;

    /** The journal stays the caller's, open until the last run has ended. */
    public Lifecycle(DesiredState desired, XfrmTables tables, Journal journal, Clock clock) {
        this(desired, tables, journal, clock, plan -> {});
    }

    /** As above; {@code beforeChanges} is given the plan before its first change is made, and may refuse by a JournalException. */
    public Lifecycle(
            DesiredState desired, XfrmTables tables, Journal journal, Clock clock, Consumer<Plan> beforeChanges) {
        this.desired = desired;
        this.tables = tables;
        this.journal = journal;
        this.clock = clock;
        this.beforeChanges = beforeChanges;
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
     */
    public Plan run(Goal goal, Set<ChildName> children) {
        return run(goal, children, done -> {});
    }

    /**
     * Does it.
     *
     * @param done is told what was done before that is written down
     * @return what was done
     * @throws org.xfrmctl.manager.plan.PlanConflictException and {@link RehearsalException}: nothing was changed
     * @throws org.xfrmctl.manager.journal.JournalException if the journal cannot be written: nothing was changed, or all
     *     was done and the journal names more than there is
     * @throws ApplyException if the kernel refused something, and everything was undone
     */
    public Plan run(Goal goal, Set<ChildName> children, Consumer<Plan> done) {
        JournalRecord before = journal.read();
        Snapshot snapshot = Snapshot.read(tables);
        Plan plan = plan(goal, children, snapshot, before.ledger());
        Set<ChildName> concerned = concerned(goal, children, before);
        Ledger reach = before.ledger().within(plan, desired, concerned, snapshot);
        JournalRecord during = before.beginning(
                new UnfinishedRun(goal, ProcessHandle.current().pid(), clock.instant()), concerned, reach);
        begin(during);
        Snapshot after;
        try {
            after = new Applier(tables, beforeChanges).apply(plan, now -> plan(goal, children, now, reach));
        } catch (RehearsalException | JournalException e) {
            end(during, concerned, e);
            throw e;
        } catch (ApplyException e) {
            // What could not be undone is a run without an end: the next one has to see to it.
            if (e.rollback().isComplete()) {
                end(during, concerned, e);
            }
            throw e;
        }
        done.accept(plan);
        try {
            journal.write(during.ended(concerned, reach.in(after))
                    .aimed(
                            goal == Goal.APPLY ? Goal.UP : goal,
                            aiming(goal, before, defined(concerned)),
                            undefined(concerned)));
        } catch (JournalException e) {
            throw new JournalException(
                    "all changes were made, but " + e.getMessage() + "; until then the run counts as interrupted", e);
        }
        return plan;
    }

    private void begin(JournalRecord during) {
        try {
            journal.write(during);
        } catch (JournalException e) {
            throw new JournalException("nothing was changed: " + e.getMessage(), e);
        }
    }

    /** After a failure; if that fails too, the journal names more than there is, and the first failure is the one to tell. */
    private void end(JournalRecord during, Set<ChildName> concerned, RuntimeException failure) {
        try {
            journal.write(during.ended(concerned, during.ledger().in(Snapshot.read(tables))));
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /** A lockdown leaves what is up, or on the way to it, where it is, and down what was taken down and is blocked. */
    private Set<ChildName> aiming(Goal goal, JournalRecord before, Set<ChildName> children) {
        if (goal != Goal.LOCKDOWN) {
            return children;
        }
        Set<ChildName> aiming = new HashSet<>(children);
        aiming.removeIf(child -> before.goals().getOrDefault(child, goal).wantsTemplates());
        desired.children().stream()
                .filter(child ->
                        child.onDown() == OnDown.BLOCK && before.goals().get(child.name()) == Goal.DOWN)
                .forEach(child -> aiming.remove(child.name()));
        return aiming;
    }

    private Set<ChildName> defined(Set<ChildName> children) {
        Set<ChildName> defined = new HashSet<>(children);
        defined.retainAll(desired.names());
        return defined;
    }

    private Set<ChildName> undefined(Set<ChildName> children) {
        Set<ChildName> undefined = new HashSet<>(children);
        undefined.removeAll(desired.names());
        return undefined;
    }

    private Set<ChildName> concerned(Goal goal, Set<ChildName> children, JournalRecord record) {
        if (goal != Goal.APPLY) {
            return children;
        }
        Set<ChildName> all = new HashSet<>(desired.names());
        all.addAll(record.children());
        return all;
    }
}
