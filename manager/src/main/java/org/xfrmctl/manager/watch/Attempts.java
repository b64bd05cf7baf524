package org.xfrmctl.manager.watch;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.xfrmctl.manager.apply.ApplyException;
import org.xfrmctl.manager.apply.Lifecycle;
import org.xfrmctl.manager.apply.RehearsalException;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.journal.EpochStore;
import org.xfrmctl.manager.journal.Journal;
import org.xfrmctl.manager.journal.JournalException;
import org.xfrmctl.manager.link.LinkRunException;
import org.xfrmctl.manager.plan.Change;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.plan.Plan;
import org.xfrmctl.manager.plan.PlanConflictException;
import org.xfrmctl.manager.plan.Planner;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.plan.SnapshotIndex;
import org.xfrmctl.manager.plan.XfrmTables;
import org.xfrmctl.manager.rekey.EpochChoice;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.definition.ConfigException;
import org.xfrmctl.model.definition.PolicyOptions.OnDown;
import org.xfrmctl.model.definition.PolicyOptions.StartAction;

/** The runs of one look. */
final class Attempts {
    private final Wanted wanted;
    private final XfrmTables tables;
    private final Clock clock;
    private final Rests rests;
    private final AroundRun around;
    private final Journal journal;
    private final EpochStore epochs;
    private final List<String> done = new ArrayList<>();
    private final List<String> troubles = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<KeptRun> runs = new ArrayList<>();
    /** Whether the kernel was changed for this child, and changed back. */
    private boolean undone;

    Attempts(
            Wanted wanted,
            XfrmTables tables,
            Clock clock,
            Rests rests,
            AroundRun around,
            Journal journal,
            EpochStore epochs) {
        this.wanted = wanted;
        this.tables = tables;
        this.clock = clock;
        this.rests = rests;
        this.around = around;
        this.journal = journal;
        this.epochs = epochs;
    }

    /** What can only be done by people. */
    void note(List<String> lines) {
        notes.addAll(lines);
    }

    Keeper.Look result() {
        return new Keeper.Look(done, troubles, notes, runs);
    }

    /** What could not be done is not tried again at once: that would make events, and these another look. */
    void keep(DesiredChild desired, Way way) {
        ChildName child = desired.name();
        List<String> before = rests.troubles(child, clock.instant());
        if (!before.isEmpty()) {
            troubles.addAll(before);
            stop(child, way);
            return;
        }
        int known = troubles.size();
        undone = false;
        boolean kept = switch (way) {
            case DOWN -> keepDown(desired);
            case BEGINNING -> begin(child);
            case STARTING -> finish(child);
            case TRAPPED -> keepTrapped(desired);
            case WRITTEN -> keepWritten(child);
            case DERIVED -> keepDerived(child);
            case STOPPED -> false;
        };
        if (!kept) {
            stop(child, way);
        }
        rests.after(child, troubles.subList(known, troubles.size()), clock.instant());
        if (undone && !wanted.derived().contains(child)) {
            // Its key was in the kernel for a moment, and must not come there again by itself.
            rests.untilAsked(child);
        }
    }

    /** A definition that has changed lets nothing pass in clear by itself: blocks are taken off by "down" alone. */
    private boolean keepDown(DesiredChild child) {
        if (journal.read().unfinished().containsKey(child.name()) || !opens(child)) {
            return run(Goal.DOWN, Deed.REPAIRED, child.name(), wanted.outline(), plan -> {});
        }
        notes.add(child.name()
                + ": is blocked where its definition does not want it any more: \"down\" takes these blocks" + " off");
        return child.onDown() == OnDown.PASS
                || run(Goal.LOCKDOWN, Deed.REPAIRED, child.name(), wanted.outline(), plan -> {});
    }

    /** Whether to take it down again would take a block away. What is in the way of that is told by the attempt. */
    private boolean opens(DesiredChild child) {
        try {
            return new Lifecycle(wanted.outline(), tables, journal, clock)
                    .plan(Goal.DOWN, Set.of(child.name())).changes().stream()
                            .anyMatch(change -> change instanceof Change.RemovePolicy remove
                                    && remove.policy().action() == PolicyAction.BLOCK);
        } catch (PlanConflictException e) {
            return false;
        }
    }

    private boolean begin(ChildName child) {
        return wanted.startActions().get(child) == StartAction.START
                ? start(child, Deed.STARTED)
                : runAnyway(Goal.TRAP, Deed.TRAPPED, child, wanted.outline(), plan -> {});
    }

    private boolean keepTrapped(DesiredChild child) {
        return run(Goal.TRAP, Deed.REPAIRED, child.name(), wanted.outline(), plan -> {})
                && (!Snapshot.read(tables).isAwaited(child) || start(child.name(), Deed.SPRUNG));
    }

    /** Whether a run that was killed has added the outbound state, nobody knows: it may have gone since. */
    private boolean finish(ChildName child) {
        return wanted.derived().contains(child)
                ? start(child, Deed.FINISHED)
                : runAnyway(Goal.UP, Deed.FINISHED, child, wanted.outline(), plan -> refuseUsed(child, plan));
    }

    private boolean start(ChildName child, Deed deed) {
        try {
            if (!wanted.derived().contains(child)) {
                return runAnyway(Goal.UP, deed, child, wanted.outline(), plan -> {});
            }
            EpochChoice choice = wanted.epochs(epochs, Snapshot.read(tables));
            return runAnyway(Goal.UP, deed, child, choice.current(Set.of(child)), choice::use);
        } catch (PlanConflictException | JournalException | ConfigException e) {
            return failed(child, deed, e);
        }
    }

    /** What passes in clear is blocked; what is protected stays so. What is down may be meant to pass. */
    private void stop(ChildName child, Way way) {
        Instant now = clock.instant();
        if (way != Way.DOWN
                && rests.mayStop(child, now)
                && !run(Goal.LOCKDOWN, Deed.STOPPED, child, wanted.outline(), plan -> {})) {
            rests.stopFailed(child, now);
        }
    }

    private boolean keepWritten(ChildName child) {
        DesiredState desired = wanted.outline();
        Snapshot snapshot = Snapshot.read(tables);
        if (!Planner.awaitingRekey(
                        desired, Set.of(child), snapshot, journal.read().ledger())
                .isEmpty()) {
            troubles.add(child + ": its definition has other SAs than the kernel: \"rekey\" moves it to them phase by"
                    + " phase, \"up\" at once");
            return false;
        }
        SnapshotIndex present = new SnapshotIndex(snapshot);
        boolean sends = desired.children(Set.of(child)).get(0).outbound().stream()
                .allMatch(state -> present.find(state).isPresent());
        if (!sends) {
            troubles.add(child + ": an outbound state has gone, and its key was used: give it a new SPI and key at both"
                    + " ends, then \"up\"");
            return false;
        }
        return run(Goal.UP, Deed.REPAIRED, child, desired, plan -> refuseUsed(child, plan));
    }

    /** What was there a moment ago may be gone by now. */
    private void refuseUsed(ChildName child, Plan plan) {
        List<XfrmState> outbound =
                wanted.outline().children(Set.of(child)).get(0).outbound();
        boolean again = plan.changes().stream()
                .anyMatch(change -> change instanceof Change.AddState add && outbound.contains(add.state()));
        if (again) {
            throw new JournalException(child + ": nothing was changed: its outbound state is not there, and its key may"
                    + " have been used: give it a new SPI and key at both ends, then \"up\"");
        }
    }

    private boolean keepDerived(ChildName child) {
        Deed deed = Deed.REPAIRED;
        try {
            EpochChoice choice = wanted.epochs(epochs, Snapshot.read(tables));
            if (!run(Goal.UP, deed, child, choice.current(Set.of(child)), choice::use)) {
                return false;
            }
            EpochChoice later = wanted.epochs(epochs, Snapshot.read(tables));
            if (later.due(Set.of(child), clock.instant().getEpochSecond()).isEmpty()) {
                return true;
            }
            deed = Deed.REKEYED;
            return run(Goal.UP, deed, child, later.next(Set.of(child), false), later::use);
        } catch (PlanConflictException | JournalException | ConfigException e) {
            return failed(child, deed, e);
        }
    }

    /** False if it could not be done. */
    private boolean run(Goal goal, Deed deed, ChildName child, DesiredState desired, Consumer<Plan> beforeChanges) {
        try {
            Lifecycle lifecycle = new Lifecycle(desired, tables, journal, clock, beforeChanges);
            return lifecycle.plan(goal, Set.of(child)).isEmpty()
                    || runAnyway(goal, deed, child, desired, beforeChanges);
        } catch (PlanConflictException e) {
            return failed(child, deed, e);
        }
    }

    private boolean failed(ChildName child, Deed deed, RuntimeException why) {
        troubles.add(String.valueOf(why.getMessage()));
        runs.add(KeptRun.of(child, deed, false));
        return false;
    }

    /** As above; with nothing to change, the journal learns that the child has come to its goal. */
    private boolean runAnyway(
            Goal goal, Deed deed, ChildName child, DesiredState desired, Consumer<Plan> beforeChanges) {
        try {
            around.run(goal, child, () -> {
                Consumer<Plan> checked = planned -> around.check(goal, child, planned);
                Plan plan = new Lifecycle(desired, tables, journal, clock, checked.andThen(beforeChanges))
                        .run(goal, Set.of(child));
                done.add(deed + " " + child + " (" + goal + ")");
                plan.changes().forEach(change -> done.add("  " + change.line()));
            });
            runs.add(KeptRun.of(child, deed, true));
            return true;
        } catch (PlanConflictException | RehearsalException | ApplyException | JournalException | LinkRunException e) {
            undone |= goal.needsKeys() && e instanceof ApplyException;
            return failed(child, deed, e);
        }
    }
}
