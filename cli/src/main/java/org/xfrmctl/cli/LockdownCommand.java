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

/** {@code xfrmctl lockdown}: closes the gap between the start of the network and the first {@code up}. */
@Command(
        name = "lockdown",
        description = "Stop the traffic of connections that have no policy yet. What is up stays up.",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class LockdownCommand implements Callable<Integer> {
    private final Kernel kernel;

    @Spec
    CommandSpec spec;

    @Mixin
    DefinitionOptions options;

    @Mixin
    JournalOptions journal;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Connections or children; default: all.")
    List<String> names = List.of();

    LockdownCommand(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public Integer call() {
        DesiredState desired = options.desiredWithoutKeys();
        Set<ChildName> chosen = options.choose(desired, names);
        new GoalRun(kernel, journal, spec.commandLine()).run(desired, Goal.LOCKDOWN, chosen);
        return ExitCode.DONE;
    }
}
