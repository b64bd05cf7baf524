package org.xfrmctl.cli;

import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.kernel.KernelSession;
import org.xfrmctl.manager.apply.Lifecycle;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.journal.EpochStore;
import org.xfrmctl.manager.journal.FileJournal;
import org.xfrmctl.manager.journal.Journal;
import org.xfrmctl.manager.journal.JournalRecord;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.rekey.EpochChoice;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.model.definition.ChildName;

/** What {@code up}, {@code down}, {@code apply}, {@code lockdown}, {@code trap} and {@code rekey} have in common: a run, and what is told of it. */
final class GoalRun {
    private final Kernel kernel;
    private final JournalOptions journal;
    private final Duration patience;
    private final RunTold told;

    GoalRun(Kernel kernel, JournalOptions journal, Duration patience, RunTold told) {
        this.kernel = kernel;
        this.journal = journal;
        this.patience = patience;
        this.told = told;
    }

    /**
     * The changes come first, one line each, then how each child stands.
     *
     * @param choice names the chosen children, of which the journal may know some that the definition does not; asked when
     *     nobody else can write it any more
     */
    void run(Wanted wanted, Goal goal, Function<JournalRecord, Set<ChildName>> choice) {
        run(wanted, goal, choice, (epochs, chosen) -> epochs.current(chosen));
    }

    /**
     * As above, for whoever goes on to another epoch.
     *
     * @param epoch says what is wanted where keys are derived, of the chosen children
     */
    void run(
            Wanted wanted,
            Goal goal,
            Function<JournalRecord, Set<ChildName>> choice,
            BiFunction<EpochChoice, Set<ChildName>, DesiredState> epoch) {
        DesiredState desired = wanted.outline();
        if (goal.needsKeys()) {
            desired.warnings().forEach(told::warning);
        }
        Set<ChildName> undefined = new TreeSet<>(Comparator.comparing(ChildName::toString));
        Set<ChildName> defined = new HashSet<>();
        try (Journal open = journal.open(kernel, patience)) {
            if (goal == Goal.LOCKDOWN && open instanceof FileJournal file) {
                file.setAside().ifPresent(told::warning);
            }
            JournalRecord known = open.read();
            Set<ChildName> chosen = choice.apply(known);
            undefined.addAll(goal == Goal.APPLY ? known.children() : chosen);
            undefined.removeAll(desired.names());
            defined.addAll(goal == Goal.APPLY ? desired.names() : chosen);
            run(wanted, new Aim(goal, chosen, new UsedInterfaces(kernel, wanted, goal, defined), open), epoch);
            new UsedRoutes(kernel, wanted).after(goal, defined, open, told);
        }
        desired.children().stream()
                .filter(child -> defined.contains(child.name()))
                .forEach(child -> told.child(child.name(), goal, child.onDown()));
        undefined.forEach(told::undefined);
        told.end();
    }

    /** Where a run is to get. */
    private record Aim(Goal goal, Set<ChildName> chosen, UsedInterfaces interfaces, Journal journal) {
        /** The interfaces are wanted again. */
        void attained() {
            JournalRecord record = journal.read();
            JournalRecord kept = record.keeping(interfaces.names());
            if (!kept.equals(record)) {
                journal.write(kept);
            }
        }
    }

    private void run(Wanted wanted, Aim aim, BiFunction<EpochChoice, Set<ChildName>, DesiredState> epoch) {
        try (KernelSession session = new KernelSession(kernel.open())) {
            if (wanted.hasEpochs()) {
                try (EpochStore store = journal.openEpochs(kernel, patience)) {
                    EpochChoice epochs = wanted.epochs(store, session.snapshot());
                    Lifecycle lifecycle = new Lifecycle(
                            epoch.apply(epochs, aim.chosen()),
                            session.tables(),
                            aim.journal(),
                            Clock.systemUTC(),
                            epochs::use);
                    run(lifecycle, session, aim);
                }
            } else {
                run(new Lifecycle(wanted.outline(), session.tables(), aim.journal(), Clock.systemUTC()), session, aim);
            }
        }
    }

    private void run(Lifecycle lifecycle, KernelSession session, Aim aim) {
        // Before the first change of links, too.
        BaredTunnels bared = new BaredTunnels(kernel, aim.goal());
        if (!bared.isEmpty()) {
            bared.check(lifecycle.plan(aim.goal(), aim.chosen()), session::snapshot);
        }
        Runnable work = () -> {
            lifecycle.run(aim.goal(), aim.chosen(), told::changed);
            aim.attained();
        };
        aim.interfaces().around(work, told);
    }
}
