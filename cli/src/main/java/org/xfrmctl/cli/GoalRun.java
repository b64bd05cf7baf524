package org.xfrmctl.cli;

import java.time.Clock;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.kernel.KernelSession;
import org.xfrmctl.manager.apply.Lifecycle;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.journal.Journal;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.plan.Ledger;
import org.xfrmctl.manager.plan.Plan;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.definition.PolicyOptions.OnDown;
import picocli.CommandLine;

/** What {@code up}, {@code down}, {@code apply} and {@code lockdown} have in common: a run, and what is told of it. */
final class GoalRun {
    private final Kernel kernel;
    private final JournalOptions journal;
    private final CommandLine line;

    GoalRun(Kernel kernel, JournalOptions journal, CommandLine line) {
        this.kernel = kernel;
        this.journal = journal;
        this.line = line;
    }

    /** The changes come first, one line each, then how each child stands. */
    void run(DesiredState desired, Goal goal, Set<ChildName> chosen) {
        var out = line.getOut();
        var err = line.getErr();
        if (goal.addsStates()) {
            desired.warnings().forEach(warning -> err.println("warning: " + warning));
        }
        Set<ChildName> undefined = new TreeSet<>(Comparator.comparing(ChildName::toString));
        try (Journal open = journal.open(kernel);
                KernelSession session = new KernelSession(kernel.open())) {
            Ledger known = open.read().ledger();
            undefined.addAll(goal == Goal.APPLY ? known.children() : chosen);
            undefined.removeAll(desired.names());
            Plan plan = new Lifecycle(desired, session.tables(), open, Clock.systemUTC()).run(goal, chosen);
            plan.warnings().forEach(warning -> err.println("warning: " + warning));
            out.print(plan.text());
        }
        Set<ChildName> defined = goal == Goal.APPLY ? desired.names() : chosen;
        desired.children().stream()
                .filter(child -> defined.contains(child.name()))
                .forEach(child -> out.println(said(goal) + ": " + child.name() + rest(goal, child.onDown())));
        undefined.forEach(name -> out.println("removed: " + name + ", which is not defined any more"));
        err.flush();
        out.flush();
    }

    private static String said(Goal goal) {
        return switch (goal) {
            case UP, APPLY -> "up";
            case DOWN -> "down";
            case LOCKDOWN -> "locked down";
        };
    }

    private static String rest(Goal goal, OnDown onDown) {
        if (goal != Goal.DOWN) {
            return "";
        }
        return switch (onDown) {
            case BLOCK -> ", its traffic is blocked (on_down: block)";
            case PASS -> ", its traffic passes in clear (on_down: pass)";
        };
    }
}
