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

/** {@code xfrmctl down}: removes connections; what stays behind is up to their {@code on_down}. */
@Command(
        name = "down",
        description = "Remove connections. With on_down: block (the default) their traffic stays blocked.",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class DownCommand implements Callable<Integer> {
    private final Kernel kernel;

    @Spec
    CommandSpec spec;

    @Mixin
    DefinitionOptions options;

    @Mixin
    JournalOptions journal;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Connections or children; default: all.")
    List<String> names = List.of();

    DownCommand(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public Integer call() {
        DesiredState desired = options.desiredWithoutKeys();
        Set<ChildName> former = journal.look(kernel).ledger().children();
        Set<ChildName> chosen = options.choose(desired, former, names);
        new GoalRun(kernel, journal, spec.commandLine()).run(desired, Goal.DOWN, chosen);
        return ExitCode.DONE;
    }
}
