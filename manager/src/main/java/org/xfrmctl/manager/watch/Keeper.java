package org.xfrmctl.manager.watch;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.plan.Plan;
import org.xfrmctl.manager.plan.PlanConflictException;
import org.xfrmctl.manager.plan.Planner;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.plan.SnapshotIndex;
import org.xfrmctl.manager.plan.XfrmTables;
import org.xfrmctl.manager.rekey.EpochChoice;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.definition.ConfigException;

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
        Attempts attempts = new Attempts(journal, epochs);
        JournalRecord record = journal.read();
        Map<Way, List<ChildName>> ways = new EnumMap<>(Way.class);
        record.goals().forEach((child, goal) -> {
            if (wanted.outline().names().contains(child)) {
                ways.computeIfAbsent(way(child, goal), way -> new ArrayList<>()).add(child);
            }
        });
        if (!ways.isEmpty()) {
            Survey survey = survey(Snapshot.read(tables), record, epochs);
            survey.silent(Set.copyOf(ways.getOrDefault(Way.DERIVED, List.of())), UNHEARD)
                    .forEach(silence -> attempts.notes.add(silence.child() + ": " + silence.line()));
            Set<ChildName> disturbed = new HashSet<>();
            ways.forEach((way, children) -> disturbed.addAll(survey.disturbed(way, children)));
            wanted.outline().children().stream()
                    .map(DesiredChild::name)
                    .filter(disturbed::contains)
                    .forEach(child -> attempts.keep(child, record.goals().getOrDefault(child, Goal.LOCKDOWN)));
        }
        return new Look(attempts.done, attempts.troubles, attempts.notes);
    }

    /**
     * Whether derived keys have to go on although nothing was told of the tables: by counters, age or the peer. Plans
     * nothing and reads states alone.
     */
    public boolean isDue(JournalRecord record, EpochStore epochs) {
        Set<ChildName> up = new HashSet<>(wanted.derived());
        up.removeIf(child -> way(child, record.goals().getOrDefault(child, Goal.LOCKDOWN)) != Way.DERIVED);
        return !up.isEmpty()
                && survey(new Snapshot(tables.listStates(), List.of()), record, epochs)
                        .isDue(up);
    }

    private Survey survey(Snapshot snapshot, JournalRecord record, EpochStore epochs) {
        return new Survey(wanted, snapshot, record, epochs, clock.instant().getEpochSecond());
    }

    /** What keeping a child means. */
    enum Way {
        DOWN,
        /** What passes in clear is blocked; what is protected stays so. */
        STOPPED,
        /** Up, by keys that are written down. */
        WRITTEN,
        /** Up, by derived keys. */
        DERIVED
    }

    private Way way(ChildName child, Goal goal) {
        return switch (goal) {
            case DOWN -> Way.DOWN;
            case UP, APPLY, REKEY_FINISH -> wanted.derived().contains(child) ? Way.DERIVED : Way.WRITTEN;
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

        Attempts(Journal journal, EpochStore epochs) {
            this.journal = journal;
            this.epochs = epochs;
        }

        void keep(ChildName child, Goal goal) {
            switch (goal) {
                case DOWN, LOCKDOWN -> run(goal, "repaired", child, wanted.outline(), plan -> {});
                case UP, APPLY, REKEY_FINISH -> {
                    boolean up = wanted.derived().contains(child) ? keepDerived(child) : keepWritten(child);
                    if (!up) {
                        stop(child);
                    }
                }
                case REKEY_INBOUND, REKEY_OUTBOUND, REKEY_UNDO -> stop(child);
            }
        }

        /** What passes in clear is blocked; what is protected stays so. */
        private void stop(ChildName child) {
            run(Goal.LOCKDOWN, "stopped", child, wanted.outline(), plan -> {});
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
            return run(Goal.UP, "repaired", child, desired, plan -> {});
        }

        private boolean keepDerived(ChildName child) {
            try {
                EpochChoice choice = wanted.epochs(epochs, Snapshot.read(tables));
                if (!run(Goal.UP, "repaired", child, choice.current(), choice::use)) {
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
                if (!lifecycle.plan(goal, Set.of(child)).isEmpty()) {
                    Plan plan = lifecycle.run(goal, Set.of(child));
                    done.add(what + " " + child + " (" + goal + ")");
                    plan.changes().forEach(change -> done.add("  " + change.line()));
                }
                return true;
            } catch (PlanConflictException | RehearsalException | ApplyException | JournalException e) {
                troubles.add(String.valueOf(e.getMessage()));
                return false;
            }
        }
    }
}
