package org.xfrmctl.cli;

import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.manager.plan.Goal;
import picocli.CommandLine.Command;

/** {@code xfrmctl trap}: lets the first packet bring a connection up, as {@code start_action: trap} does. */
@Command(
        name = "trap",
        header = "let the first packet bring connections up",
        description = {
            "Install the policies of connections without their states, and remove the states of what is up.",
            "What is to be sent is stopped; with \"xfrmctl watch\" running, the first such packet brings a connection up."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  xfrmctl trap home/net              with \"xfrmctl watch\" running",
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class TrapCommand extends GoalCommand {
    TrapCommand(Kernel kernel) {
        super(kernel, Goal.TRAP);
    }
}
