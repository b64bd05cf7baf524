package org.xfrmctl.cli;

import java.io.PrintWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.kernel.KernelSession;
import org.xfrmctl.cli.render.PlanJson;
import org.xfrmctl.manager.apply.Rehearsal;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.journal.JournalRecord;
import org.xfrmctl.manager.link.LinkChange;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.plan.Plan;
import org.xfrmctl.manager.plan.Planner;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.manager.route.RoutePlan;
import org.xfrmctl.model.definition.ChildName;

/** A plan that is shown and not carried out, as {@code plan} does, and a watch that has read its definition again. */
final class PlanRun {
    private final Kernel kernel;
    private final JournalOptions journal;
    private final PrintWriter out;
    private final PrintWriter err;
    private final UnaryOperator<String> colours;

    /** {@code colours} are put on what is printed for people. */
    PlanRun(Kernel kernel, JournalOptions journal, PrintWriter out, PrintWriter err, UnaryOperator<String> colours) {
        this.colours = colours;
        this.kernel = kernel;
        this.journal = journal;
        this.out = out;
        this.err = err;
    }

    /**
     * Prints it.
     *
     * @param choice names the chosen children
     * @return {@link ExitCode#CHANGES} if there are any
     */
    int run(Wanted wanted, Goal goal, Function<JournalRecord, Set<ChildName>> choice, boolean json) {
        DesiredState outline = wanted.outline();
        JournalRecord record = journal.look(kernel, err);
        Set<ChildName> chosen = choice.apply(record);
        List<LinkChange> links = new UsedInterfaces(kernel, wanted, goal, chosen).plan(new RunText(out, err)::warning);
        RoutePlan routes = routes(wanted, goal, record, goal == Goal.APPLY ? outline.names() : chosen);
        Plan plan;
        try (KernelSession session = new KernelSession(kernel.open())) {
            Snapshot snapshot = session.snapshot();
            DesiredState desired = wanted.now(() -> journal.lookEpochs(kernel), snapshot, chosen);
            plan = Planner.plan(goal, desired, chosen, snapshot, record.ledger());
            Rehearsal.check(plan, session.tables());
            new BaredTunnels(kernel, goal).check(plan, () -> snapshot);
        }
        if (json) {
            out.println(PlanJson.print(plan, links, routes));
        } else {
            outline.warnings().forEach(warning -> err.println("warning: " + warning));
            plan.warnings().forEach(warning -> err.println("warning: " + warning));
            routes.warnings().forEach(warning -> err.println("warning: " + warning));
            links.forEach(link -> out.println(colours.apply(link.toString())));
            boolean others = !links.isEmpty() || !routes.changes().isEmpty();
            out.println(colours.apply(
                    plan.isEmpty()
                            ? (others ? "nothing else to do" : "nothing to do")
                            : plan.text().stripTrailing()));
            routes.changes().forEach(route -> out.println(colours.apply(route.toString())));
        }
        err.flush();
        out.flush();
        return plan.isEmpty() && links.isEmpty() && routes.changes().isEmpty() ? ExitCode.DONE : ExitCode.CHANGES;
    }

    /** As they would be when the run has got where it is to get. */
    private RoutePlan routes(Wanted wanted, Goal goal, JournalRecord record, Set<ChildName> chosen) {
        return goal == Goal.LOCKDOWN
                ? RoutePlan.EMPTY
                : new UsedRoutes(kernel, wanted)
                        .plan(record.ended(chosen, record.ledger())
                                .aimed(goal, chosen, goal == Goal.APPLY ? others(record, chosen) : Set.of()))
                        .about(chosen);
    }

    private static Set<ChildName> others(JournalRecord record, Set<ChildName> defined) {
        Set<ChildName> others = new HashSet<>(record.goals().keySet());
        others.removeAll(defined);
        return others;
    }
}
