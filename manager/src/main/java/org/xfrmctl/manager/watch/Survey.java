package org.xfrmctl.manager.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.journal.EpochStore;
import org.xfrmctl.manager.journal.JournalException;
import org.xfrmctl.manager.journal.JournalRecord;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.plan.Ledger;
import org.xfrmctl.manager.plan.PlanConflictException;
import org.xfrmctl.manager.plan.Planner;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.plan.SnapshotIndex;
import org.xfrmctl.manager.rekey.EpochChoice;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.manager.status.Silence;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.definition.ConfigException;

/**
 * What one reading of the tables says of all children: which of them need a look of their own. Those with one goal are
 * planned for together, and only if there is something to do by halves, so what is as it should be costs one plan however
 * many children there are.
 */
final class Survey {
    private final Wanted wanted;
    private final Snapshot snapshot;
    private final SnapshotIndex present;
    private final Ledger ledger;
    private final long nowSeconds;
    private final EpochStore epochs;

    /** Made when it is first needed: keys take time to derive. */
    private Optional<DesiredState> current = Optional.empty();
    /** Of which that cannot be told. */
    private Set<ChildName> forgotten = Set.of();

    Survey(Wanted wanted, Snapshot snapshot, JournalRecord record, EpochStore epochs, long nowSeconds) {
        this.wanted = wanted;
        this.snapshot = snapshot;
        this.present = new SnapshotIndex(snapshot);
        this.ledger = record.ledger();
        this.epochs = epochs;
        this.nowSeconds = nowSeconds;
    }

    /** Those of some children with the same goal that are not as they should be, or of which that cannot be told. */
    List<ChildName> disturbed(Way way, List<ChildName> children) {
        if (children.isEmpty() || isCalm(way, new LinkedHashSet<>(children))) {
            return List.of();
        }
        if (children.size() == 1) {
            return children;
        }
        int half = children.size() / 2;
        List<ChildName> disturbed = new ArrayList<>(disturbed(way, children.subList(0, half)));
        disturbed.addAll(disturbed(way, children.subList(half, children.size())));
        return disturbed;
    }

    private boolean isCalm(Way way, Set<ChildName> children) {
        try {
            return switch (way) {
                case DOWN -> isDone(Goal.DOWN, wanted.outline(), children);
                case BEGINNING, STARTING -> false;
                case TRAPPED -> isDone(Goal.TRAP, wanted.outline(), children) && !isAwaited(children);
                case STOPPED -> isDone(Goal.LOCKDOWN, wanted.outline(), children);
                case WRITTEN ->
                    Planner.awaitingRekey(wanted.outline(), children, snapshot, ledger)
                                    .isEmpty()
                            && send(children)
                            && isDone(Goal.UP, wanted.outline(), children);
                case DERIVED ->
                    isDone(Goal.UP, current(), children)
                            && Collections.disjoint(forgotten, children)
                            && !isDue(children);
            };
        } catch (PlanConflictException | JournalException | ConfigException e) {
            // The look at each child tells what is in its way.
            return false;
        }
    }

    private boolean isDone(Goal goal, DesiredState desired, Set<ChildName> children) {
        return Planner.plan(goal, desired, children, snapshot, ledger).isEmpty();
    }

    /** Whether a packet waits for one of them. */
    private boolean isAwaited(Set<ChildName> children) {
        return wanted.outline().children(children).stream().anyMatch(snapshot::isAwaited);
    }

    /** Whether all of them have what they send by. */
    private boolean send(Set<ChildName> children) {
        return wanted.outline().children(children).stream()
                .flatMap(child -> child.outbound().stream())
                .allMatch(state -> present.find(state).isPresent());
    }

    private DesiredState current() {
        if (current.isEmpty()) {
            EpochChoice choice = choice();
            current = Optional.of(choice.current(Set.of()));
            forgotten = choice.forgotten();
        }
        return current.get();
    }

    /** Whether one of them has to go on to its next epoch. */
    boolean isDue(Set<ChildName> children) {
        return !choice().due(children, nowSeconds).isEmpty();
    }

    /** Whose peers have not been heard for that long in their present epoch; none if that cannot be told. */
    List<Silence> silent(Set<ChildName> children, Duration least) {
        try {
            Instant latest = Instant.ofEpochSecond(nowSeconds).minus(least);
            return Silence.of(current().only(children), snapshot).stream()
                    .filter(silence -> silence.since().isBefore(latest))
                    .toList();
        } catch (JournalException | ConfigException e) {
            return List.of();
        }
    }

    private EpochChoice choice() {
        return wanted.epochs(epochs, snapshot);
    }
}
