package org.xfrmctl.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.rekey.Wanted;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command that brings chosen children to a goal. */
abstract class GoalCommand implements Callable<Integer> {
    private final Kernel kernel;
    private final Goal goal;

    @Spec
    CommandSpec spec;

    @Mixin
    DefinitionOptions options;

    @Mixin
    JournalOptions journal;

    @Mixin
    WaitOption wait;

    @Mixin
    RunToldOption told;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Connections or children; default: all.")
    List<String> names = List.of();

    GoalCommand(Kernel kernel, Goal goal) {
        this.kernel = kernel;
        this.goal = goal;
    }

    @Override
    public Integer call() {
        Wanted wanted = options.wanted(goal, names);
        new GoalRun(kernel, journal, wait.patience(), told.by(spec))
                .run(wanted, goal, record -> options.choose(wanted.outline(), goal, record, names));
        return ExitCode.DONE;
    }
}
