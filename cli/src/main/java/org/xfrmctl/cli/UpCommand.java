package org.xfrmctl.cli;

import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.manager.plan.Goal;
import picocli.CommandLine.Command;

/** {@code xfrmctl up}: makes the kernel hold what the definition says, or leaves it as it was. */
@Command(
        name = "up",
        header = "install connections",
        description = "Install connections: all of their states and policies, or none.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  xfrmctl up                         all that /etc/xfrmctl.d defines",
            "  xfrmctl up -f carol.yaml home/net  one child of a file",
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class UpCommand extends GoalCommand {
    UpCommand(Kernel kernel) {
        super(kernel, Goal.UP);
    }
}
