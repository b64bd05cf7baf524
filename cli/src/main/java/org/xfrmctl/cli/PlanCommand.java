package org.xfrmctl.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.xfrmctl.cli.colour.Painting;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.rekey.Wanted;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code xfrmctl plan}: shows what {@code up} or another command would do, and does none of it. */
@Command(
        name = "plan",
        header = "show what would change",
        description = "Show the changes that \"up\" or another command would make, in order.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  xfrmctl plan                       what \"up\" would do",
            "  xfrmctl plan --for down home/net   what \"down\" would do to one child",
            "  xfrmctl plan --json -f carol.yaml  for a program; exit status 2 if anything would change",
        },
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

    @Mixin
    ColourOptions colour;

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
        return new PlanRun(
                        kernel,
                        journal,
                        spec.commandLine().getOut(),
                        spec.commandLine().getErr(),
                        text -> colour.paint(spec, Painting.PLAN, text))
                .run(wanted, goal, record -> options.choose(wanted.outline(), goal, record, names), json);
    }
}
