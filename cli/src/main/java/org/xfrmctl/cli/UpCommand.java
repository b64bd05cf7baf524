package org.xfrmctl.cli;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.model.definition.ChildName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code xfrmctl up}: makes the kernel hold what the definition says, or leaves it as it was. */
@Command(
        name = "up",
        description = "Install connections: all of their states and policies, or none.",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class UpCommand implements Callable<Integer> {
    private final Kernel kernel;

    @Spec
    CommandSpec spec;

    @Mixin
    DefinitionOptions options;

    @Mixin
    JournalOptions journal;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Connections or children; default: all.")
    List<String> names = List.of();

    UpCommand(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public Integer call() {
        DesiredState desired = options.desired();
        Set<ChildName> chosen = options.choose(desired, names);
        new GoalRun(kernel, journal, spec.commandLine()).run(desired, Goal.UP, chosen);
        return ExitCode.DONE;
    }
}
