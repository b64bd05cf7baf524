package org.xfrmctl.cli;

import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.manager.plan.Goal;
import picocli.CommandLine.Command;

/** {@code xfrmctl lockdown}: closes the gap between the start of the network and the first {@code up}. */
@Command(
        name = "lockdown",
        description = "Stop the traffic of connections that have no policy yet. What is up stays up.",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class LockdownCommand extends GoalCommand {
    LockdownCommand(Kernel kernel) {
        super(kernel, Goal.LOCKDOWN);
    }
}
