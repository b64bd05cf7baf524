package org.xfrmctl.manager.watch;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.xfrmctl.manager.apply.ApplyException;
import org.xfrmctl.manager.apply.Lifecycle;
import org.xfrmctl.manager.apply.RehearsalException;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.journal.EpochStore;
import org.xfrmctl.manager.journal.Journal;
import org.xfrmctl.manager.journal.JournalException;
import org.xfrmctl.manager.journal.JournalRecord;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.plan.Plan;
import org.xfrmctl.manager.plan.PlanConflictException;
import org.xfrmctl.manager.plan.Planner;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.plan.XfrmTables;
import org.xfrmctl.manager.rekey.EpochChoice;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.model.definition.ChildName;

/**
 * Brings each child back to where its last run got, whoever changed the kernel meanwhile, and moves derived keys to their
 * next epoch when it is time.
 *
 * <p>Left alone: a child for which there was no run, one in the middle of a rekey by phases, one whose definition has other
 * SAs now than the kernel (a rekey by phases loses nothing, doing it here would), and one that is not defined any more.
 */
public final class Keeper {
    private final Wanted wanted;
    private final XfrmTables tables;
    private final Clock clock;

    public Keeper(Wanted wanted, XfrmTables tables, Clock clock) {
        this.wanted = wanted;
        this.tables = tables;
        this.clock = clock;
    }

    /**
     * One look at the kernel, and the repair of what is not as it should be.
     *
     * @param journal open for this look
     * @param epochs likewise
     */
    public Look look(Journal journal, EpochStore epochs) {
        JournalRecord record = journal.read();
        List<String> done = new ArrayList<>();
        List<String> troubles = new ArrayList<>();
        for (Goal goal : List.of(Goal.DOWN, Goal.LOCKDOWN, Goal.UP)) {
            Set<ChildName> children = kept(record.goals(), goal);
            if (!children.isEmpty()) {
                Attempt attempt = new Attempt(journal, epochs, done, troubles);
                attempt.keep(goal, children);
            }
        }
        return new Look(done, troubles);
    }

    /**
     * What came of a look.
     *
     * @param done a line for each run, followed by its changes
     * @param troubles a line for each thing that could not be done; it is tried again at the next look
     */
    public record Look(List<String> done, List<String> troubles) {
        public Look {
            done = List.copyOf(done);
            troubles = List.copyOf(troubles);
        }
    }

    private Set<ChildName> kept(Map<ChildName, Goal> goals, Goal goal) {
        Set<ChildName> kept = new TreeSet<>(Comparator.comparing(ChildName::toString));
        Goal same = goal == Goal.UP ? Goal.REKEY_FINISH : goal;
        goals.forEach((child, aim) -> {
            if (aim == goal || aim == same) {
                kept.add(child);
            }
        });
        kept.retainAll(wanted.outline().names());
        return kept;
    }

    /** The runs of one look for one goal. */
    private final class Attempt {
        private final Journal journal;
        private final EpochStore epochs;
        private final List<String> done;
        private final List<String> troubles;

        Attempt(Journal journal, EpochStore epochs, List<String> done, List<String> troubles) {
            this.journal = journal;
            this.epochs = epochs;
            this.done = done;
            this.troubles = troubles;
        }

        void keep(Goal goal, Set<ChildName> children) {
            if (goal != Goal.UP || !wanted.hasEpochs()) {
                run(goal, "repaired", settled(goal, wanted.outline(), children), wanted.outline(), () -> {});
                return;
            }
            EpochChoice choice = wanted.epochs(epochs, Snapshot.read(tables));
            DesiredState now = choice.current();
            run(goal, "repaired", settled(goal, now, children), now, () -> choice.use(children));
            EpochChoice later = wanted.epochs(epochs, Snapshot.read(tables));
            Set<ChildName> due = later.due(children, clock.instant().getEpochSecond());
            if (!due.isEmpty()) {
                run(goal, "rekeyed", due, () -> later.next(due, false), () -> later.use(due));
            }
        }

        /** Without those that wait for a rekey. */
        private Set<ChildName> settled(Goal goal, DesiredState desired, Set<ChildName> children) {
            if (goal != Goal.UP) {
                return children;
            }
            Set<ChildName> waiting = Planner.awaitingRekey(
                    desired, children, Snapshot.read(tables), journal.read().ledger());
            waiting.forEach(
                    child -> troubles.add(child + ": its definition has other SAs than the kernel: \"rekey\" moves"
                            + " it to them phase by phase, \"up\" at once"));
            Set<ChildName> settled = new TreeSet<>(Comparator.comparing(ChildName::toString));
            settled.addAll(children);
            settled.removeAll(waiting);
            return Collections.unmodifiableSet(settled);
        }

        private void run(Goal goal, String what, Set<ChildName> children, DesiredState desired, Runnable before) {
            run(goal, what, children, () -> desired, before);
        }

        private void run(
                Goal goal, String what, Set<ChildName> children, Supplier<DesiredState> desired, Runnable before) {
            try {
                Lifecycle lifecycle = new Lifecycle(desired.get(), tables, journal, clock, before);
                if (!children.isEmpty() && !lifecycle.plan(goal, children).isEmpty()) {
                    Plan plan = lifecycle.run(goal, children);
                    done.add(what + " (" + goal + ")");
                    plan.changes().forEach(change -> done.add("  " + change.line()));
                }
            } catch (PlanConflictException | RehearsalException | ApplyException | JournalException e) {
                troubles.add(String.valueOf(e.getMessage()));
            }
        }
    }
}
