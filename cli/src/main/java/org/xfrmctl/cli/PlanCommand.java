package org.xfrmctl.cli;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
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
import org.xfrmctl.model.definition.ChildName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code xfrmctl plan}: shows what {@code up} or another command would do, and does none of it. */
@Command(
        name = "plan",
        description = "Show the changes that \"up\" or another command would make, in order.",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:nothing to do", "1:refused or failed", "2:there are changes", "64:the command line is wrong"
        })
final class PlanCommand implements Callable<Integer> {
    private final Kernel kernel;

    @Spec
    CommandSpec spec;

    @Mixin
    DefinitionOptions options;

    @Mixin
    JournalOptions journal;

    @Option(
            names = "--for",
            paramLabel = "GOAL",
            defaultValue = "up",
            converter = GoalName.class,
            completionCandidates = GoalName.class,
            description = "What it is planned for: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    Goal goal = Goal.UP;

    @Option(names = "--json", description = "Print JSON.")
    boolean json;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Connections or children; default: all.")
    List<String> names = List.of();

    PlanCommand(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public Integer call() {
        Wanted wanted = options.wanted(goal, names);
        DesiredState outline = wanted.outline();
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        JournalRecord record = journal.look(kernel, err);
        Set<ChildName> chosen = options.choose(outline, goal, record, names);
        boolean addsChildren = goal == Goal.UP || goal == Goal.APPLY;
        List<LinkChange> links =
                new UsedInterfaces(kernel, addsChildren ? wanted.interfaces(chosen) : List.of()).plan();
        Plan plan;
        try (KernelSession session = new KernelSession(kernel.open())) {
            Snapshot snapshot = session.snapshot();
            DesiredState desired = wanted.now(() -> journal.lookEpochs(kernel), snapshot);
            plan = Planner.plan(goal, desired, chosen, snapshot, record.ledger());
            Rehearsal.check(plan, session.tables());
        }
        if (json) {
            out.println(PlanJson.print(plan, links));
        } else {
            outline.warnings().forEach(warning -> err.println("warning: " + warning));
            plan.warnings().forEach(warning -> err.println("warning: " + warning));
            links.forEach(out::println);
            out.println(
                    plan.isEmpty()
                            ? (links.isEmpty() ? "nothing to do" : "nothing else to do")
                            : plan.text().stripTrailing());
        }
        err.flush();
        out.flush();
        return plan.isEmpty() && links.isEmpty() ? ExitCode.DONE : ExitCode.CHANGES;
    }
}
