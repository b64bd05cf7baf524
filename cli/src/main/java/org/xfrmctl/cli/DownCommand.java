package org.xfrmctl.cli;

import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.manager.plan.Goal;
import picocli.CommandLine.Command;

/** {@code xfrmctl down}: removes connections; what stays behind is up to their {@code on_down}. */
@Command(
        name = "down",
        header = "remove connections",
        description = "Remove connections. With on_down: block (the default) their traffic stays blocked.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  xfrmctl down home                  all children of one connection",
            "  xfrmctl down -f carol.yaml         all that a file defines",
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class DownCommand extends GoalCommand {
    DownCommand(Kernel kernel) {
        super(kernel, Goal.DOWN);
    }
}
