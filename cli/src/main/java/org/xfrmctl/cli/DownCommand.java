package org.xfrmctl.cli;

import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.manager.plan.Goal;
import picocli.CommandLine.Command;

/** {@code xfrmctl down}: removes connections; what stays behind is up to their {@code on_down}. */
@Command(
        name = "down",
        description = "Remove connections. With on_down: block (the default) their traffic stays blocked.",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class DownCommand extends GoalCommand {
    DownCommand(Kernel kernel) {
        super(kernel, Goal.DOWN);
    }
}
