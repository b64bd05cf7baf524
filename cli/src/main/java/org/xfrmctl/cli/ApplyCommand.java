package org.xfrmctl.cli;

import java.util.Set;
import java.util.concurrent.Callable;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.rekey.Wanted;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code xfrmctl apply}: the kernel holds the definition, all of it and nothing of an earlier one. */
@Command(
        name = "apply",
        header = "install what is defined, and remove what is not any more",
        description =
                "Install all connections, and remove what earlier runs installed for others that are not defined any"
                        + " more.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  xfrmctl apply                      after /etc/xfrmctl.d was changed",
            "  xfrmctl plan --for apply           first look at what it would do",
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class ApplyCommand implements Callable<Integer> {
    private final Kernel kernel;

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

    ApplyCommand(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public Integer call() {
        Wanted wanted = options.wanted();
        new GoalRun(kernel, journal, wait.patience(), told.by(spec)).run(wanted, Goal.APPLY, record -> Set.of());
        return ExitCode.DONE;
    }
}
