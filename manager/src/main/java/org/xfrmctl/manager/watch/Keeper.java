package org.xfrmctl.manager.watch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.xfrmctl.manager.journal.JournalRecord;
import org.xfrmctl.manager.journal.UnfinishedRun;
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
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.definition.ConfigException;
import org.xfrmctl.model.definition.PolicyOptions.StartAction;

/**
 * Brings each child back to where its last run got, whoever changed the kernel meanwhile, and moves derived keys to their
 * next epoch when it is time. Children that are not as they should be are kept one by one: what is in one's way is not in the
 * others'. All others cost one reading of the tables and one plan together ({@link Survey}).
 *
 * <p>A key is never given to the kernel a second time. Of a child whose outbound state has gone, written down with its key, or
 * whose definition has other SAs now than the kernel, and of one in the middle of a rekey by phases, the policies are kept
 * from letting anything pass in clear, and no more.
 */
public final class Keeper {
    /** How long a peer may take to follow, or to have something to say. */
    private static final Duration UNHEARD = Duration.ofMinutes(1);

    private final Wanted wanted;
    private final XfrmTables tables;
    private final Clock clock;
    private final Rests rests;
    private final AroundRun around;

    /** With what is remembered from one look to the next. */
    public Keeper(Wanted wanted, XfrmTables tables, Clock clock, Rests rests) {
        this(wanted, tables, clock, rests, (goal, child, run) -> run.run());
    }

    /** Also with what each run of a child needs beside the tables. */
    public Keeper(Wanted wanted, XfrmTables tables, Clock clock, Rests rests, AroundRun around) {
        this.around = around;
        this.wanted = wanted;
        this.tables = tables;
        this.clock = clock;
        this.rests = rests;
    }

    /**
     * One look at the kernel, and the repair of what is not as it should be.
     *
     * @param journal open for this look
     * @param epochs likewise
     */
    public Look look(Journal journal, EpochStore epochs) {
        Attempts attempts = new Attempts(journal, epochs);
        JournalRecord record = journal.read();
        Map<Way, List<ChildName>> ways = new EnumMap<>(Way.class);
        for (DesiredChild child : wanted.outline().children()) {
            Optional<Way> way = way(child.name(), record);
            way.ifPresent(
                    it -> ways.computeIfAbsent(it, each -> new ArrayList<>()).add(child.name()));
        }
        if (!ways.isEmpty()) {
            Survey survey = survey(Snapshot.read(tables), record, epochs);
            attempts.notes.addAll(notes(survey, Set.copyOf(ways.getOrDefault(Way.DERIVED, List.of()))));
            Set<ChildName> disturbed = new HashSet<>();
            ways.forEach((way, children) -> disturbed.addAll(survey.disturbed(way, children)));
            for (DesiredChild child : wanted.outline().children()) {
                if (disturbed.contains(child.name())) {
                    attempts.keep(child, way(child.name(), record).orElseThrow());
                } else {
                    rests.isWell(child.name());
                }
            }
        }
        return new Look(attempts.done, attempts.troubles, attempts.notes);
    }

    /**
     * Whether derived keys have to go on although nothing was told of the tables, by counters, age or the peer, or there is
     * something to note about them. Plans nothing and reads states alone.
     *
     * @param noted the notes of the last look
     */
    public boolean isDue(JournalRecord record, EpochStore epochs, List<String> noted) {
        Set<ChildName> up = new HashSet<>(wanted.derived());
        up.removeIf(child -> !way(child, record).equals(Optional.of(Way.DERIVED)));
        if (up.isEmpty()) {
            return false;
        }
        Survey survey = survey(new Snapshot(tables.listStates(), List.of()), record, epochs);
        return survey.isDue(up) || !noted.containsAll(notes(survey, up));
    }

    private static List<String> notes(Survey survey, Set<ChildName> up) {
        return survey.silent(up, UNHEARD).stream()
                .map(silence -> silence.child() + ": " + silence.line())
                .toList();
    }

    private Survey survey(Snapshot snapshot, JournalRecord record, EpochStore epochs) {
        return new Survey(wanted, snapshot, record, epochs, clock.instant().getEpochSecond());
    }

    /** What keeping a child means. */
    enum Way {
        DOWN,
        /** No command was given for it since the last boot, and it is to begin by itself. */
        BEGINNING,
        /** It was to come up from nothing, and the run did not come to its end. */
        STARTING,
        /** Policies alone, until a packet asks for states. */
        TRAPPED,
        /** What passes in clear is blocked; what is protected stays so. */
        STOPPED,
        /** Up, by keys that are written down. */
        WRITTEN,
        /** Up, by derived keys. */
        DERIVED
    }

    /** Empty if nobody has said anything about the child. */
    private Optional<Way> way(ChildName child, JournalRecord record) {
        Optional<Goal> goal = Optional.ofNullable(record.goals().get(child));
        Optional<Goal> interrupted =
                Optional.ofNullable(record.unfinished().get(child)).map(UnfinishedRun::goal);
        boolean wasUp = goal.filter(Goal::needsKeys).isPresent();
        if (interrupted.isPresent() && !(wasUp && interrupted.get().needsKeys())) {
            return Optional.of(interrupted.get().needsKeys() ? Way.STARTING : way(child, interrupted.get()));
        }
        // A lockdown only bridges the time until there is more.
        boolean begins = goal.orElse(Goal.LOCKDOWN) == Goal.LOCKDOWN
                && wanted.startActions().getOrDefault(child, StartAction.NONE) != StartAction.NONE;
        return begins ? Optional.of(Way.BEGINNING) : goal.map(known -> way(child, known));
    }

    private Way way(ChildName child, Goal goal) {
        return switch (goal) {
            case DOWN -> Way.DOWN;
            case UP, APPLY, REKEY_FINISH -> wanted.derived().contains(child) ? Way.DERIVED : Way.WRITTEN;
            case TRAP -> Way.TRAPPED;
            case LOCKDOWN, REKEY_INBOUND, REKEY_OUTBOUND, REKEY_UNDO -> Way.STOPPED;
        };
    }

    /**
     * What came of a look.
     *
     * @param done a line for each run, followed by its changes
     * @param troubles a line for each thing that could not be done; it is tried again at a later look
     * @param notes a line for each thing about which only people can do something
     */
    public record Look(List<String> done, List<String> troubles, List<String> notes) {
        public Look {
            done = List.copyOf(done);
            troubles = List.copyOf(troubles);
            notes = List.copyOf(notes);
        }

        /** Without notes. */
        public Look(List<String> done, List<String> troubles) {
            this(done, troubles, List.of());
        }
    }

    /** The runs of one look. */
    private final class Attempts {
        private final Journal journal;
        private final EpochStore epochs;
        private final List<String> done = new ArrayList<>();
        private final List<String> troubles = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        /** Whether the kernel was changed for this child, and changed back. */
        private boolean undone;

        Attempts(Journal journal, EpochStore epochs) {
            this.journal = journal;
            this.epochs = epochs;
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
                case DOWN -> run(Goal.DOWN, "repaired", child, wanted.outline(), plan -> {});
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

        private boolean begin(ChildName child) {
            return wanted.startActions().get(child) == StartAction.START
                    ? start(child, "started")
                    : runAnyway(Goal.TRAP, "trapped", child, wanted.outline(), plan -> {});
        }

        private boolean keepTrapped(DesiredChild child) {
            return run(Goal.TRAP, "repaired", child.name(), wanted.outline(), plan -> {})
                    && (!Snapshot.read(tables).isAwaited(child) || start(child.name(), "sprung"));
        }

        /** Whether a run that was killed has added the outbound state, nobody knows: it may have gone since. */
        private boolean finish(ChildName child) {
            return wanted.derived().contains(child)
                    ? start(child, "finished")
                    : runAnyway(Goal.UP, "finished", child, wanted.outline(), plan -> refuseUsed(child, plan));
        }

        private boolean start(ChildName child, String what) {
            try {
                if (!wanted.derived().contains(child)) {
                    return runAnyway(Goal.UP, what, child, wanted.outline(), plan -> {});
                }
                EpochChoice choice = wanted.epochs(epochs, Snapshot.read(tables));
                return runAnyway(Goal.UP, what, child, choice.current(Set.of(child)), choice::use);
            } catch (PlanConflictException | JournalException | ConfigException e) {
                troubles.add(String.valueOf(e.getMessage()));
                return false;
            }
        }

        /** What passes in clear is blocked; what is protected stays so. What is down may be meant to pass. */
        private void stop(ChildName child, Way way) {
            Instant now = clock.instant();
            if (way != Way.DOWN
                    && rests.mayStop(child, now)
                    && !run(Goal.LOCKDOWN, "stopped", child, wanted.outline(), plan -> {})) {
                rests.stopFailed(child, now);
            }
        }

        private boolean keepWritten(ChildName child) {
            DesiredState desired = wanted.outline();
            Snapshot snapshot = Snapshot.read(tables);
            if (!Planner.awaitingRekey(
                            desired, Set.of(child), snapshot, journal.read().ledger())
                    .isEmpty()) {
                troubles.add(
                        child + ": its definition has other SAs than the kernel: \"rekey\" moves it to them phase by"
                                + " phase, \"up\" at once");
                return false;
            }
            SnapshotIndex present = new SnapshotIndex(snapshot);
            boolean sends = desired.children(Set.of(child)).get(0).outbound().stream()
                    .allMatch(state -> present.find(state).isPresent());
            if (!sends) {
                troubles.add(
                        child + ": an outbound state has gone, and its key was used: give it a new SPI and key at both"
                                + " ends, then \"up\"");
                return false;
            }
            return run(Goal.UP, "repaired", child, desired, plan -> refuseUsed(child, plan));
        }

        /** What was there a moment ago may be gone by now. */
        private void refuseUsed(ChildName child, Plan plan) {
            List<XfrmState> outbound =
                    wanted.outline().children(Set.of(child)).get(0).outbound();
            boolean again = plan.changes().stream()
                    .anyMatch(change -> change instanceof Change.AddState add && outbound.contains(add.state()));
            if (again) {
                throw new JournalException(
                        child + ": nothing was changed: its outbound state is not there, and its key may"
                                + " have been used: give it a new SPI and key at both ends, then \"up\"");
            }
        }

        private boolean keepDerived(ChildName child) {
            try {
                EpochChoice choice = wanted.epochs(epochs, Snapshot.read(tables));
                if (!run(Goal.UP, "repaired", child, choice.current(Set.of(child)), choice::use)) {
                    return false;
                }
                EpochChoice later = wanted.epochs(epochs, Snapshot.read(tables));
                return later.due(Set.of(child), clock.instant().getEpochSecond())
                                .isEmpty()
                        || run(Goal.UP, "rekeyed", child, later.next(Set.of(child), false), later::use);
            } catch (PlanConflictException | JournalException | ConfigException e) {
                troubles.add(String.valueOf(e.getMessage()));
                return false;
            }
        }

        /** False if it could not be done. */
        private boolean run(
                Goal goal, String what, ChildName child, DesiredState desired, Consumer<Plan> beforeChanges) {
            try {
                Lifecycle lifecycle = new Lifecycle(desired, tables, journal, clock, beforeChanges);
                return lifecycle.plan(goal, Set.of(child)).isEmpty()
                        || runAnyway(goal, what, child, desired, beforeChanges);
            } catch (PlanConflictException e) {
                troubles.add(String.valueOf(e.getMessage()));
                return false;
            }
        }

        /** As above; with nothing to change, the journal learns that the child has come to its goal. */
        private boolean runAnyway(
                Goal goal, String what, ChildName child, DesiredState desired, Consumer<Plan> beforeChanges) {
            try {
                around.run(goal, child, () -> {
                    Plan plan = new Lifecycle(desired, tables, journal, clock, beforeChanges).run(goal, Set.of(child));
                    done.add(what + " " + child + " (" + goal + ")");
                    plan.changes().forEach(change -> done.add("  " + change.line()));
                });
                return true;
            } catch (PlanConflictException
                    | RehearsalException
                    | ApplyException
                    | JournalException
                    | LinkRunException e) {
                troubles.add(String.valueOf(e.getMessage()));
                undone |= goal.needsKeys() && e instanceof ApplyException;
                return false;
            }
        }
    }
}
