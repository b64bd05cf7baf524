package org.xfrmctl.cli;

import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.manager.plan.Goal;
import picocli.CommandLine.Command;

/** {@code xfrmctl lockdown}: closes the gap between the start of the network and the first {@code up}. */
@Command(
        name = "lockdown",
        header = "stop the traffic of what is not up yet",
        description = "Stop the traffic of connections that have no policy yet. What is up stays up.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  xfrmctl lockdown                   early at boot; needs no secrets",
            "  xfrmctl lockdown -f carol.yaml home",
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class LockdownCommand extends GoalCommand {
    LockdownCommand(Kernel kernel) {
        super(kernel, Goal.LOCKDOWN);
    }
}
