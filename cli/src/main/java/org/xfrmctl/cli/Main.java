package org.xfrmctl.cli;

import java.io.PrintWriter;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.kernel.RunningKernel;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program. Sub-commands say what they can do; what is common to all of them is wired here. */
@Command(
        name = "xfrmctl",
        description =
                "Declarative IPsec for Linux XFRM: from a connection definition to states, policies and counters.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        exitCodeOnInvalidInput = ExitCode.USAGE,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done; plan: nothing to do",
            "1:refused or failed; the reason is on standard error",
            "2:plan: there are changes",
            "64:the command line is wrong"
        },
        synopsisSubcommandLabel = "COMMAND")
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(commandLine(new RunningKernel()).execute(args));
    }

    /** The program with another kernel behind it. */
    public static CommandLine commandLine(Kernel kernel) {
        CommandLine line = new CommandLine(new Main())
                .addSubcommand(new CheckCommand())
                .addSubcommand(new PlanCommand(kernel))
                .addSubcommand(new UpCommand(kernel))
                .addSubcommand(new DownCommand(kernel))
                .addSubcommand(new StatusCommand(kernel))
                .addSubcommand(new CountersCommand(kernel))
                .addSubcommand(new StateCommand(kernel))
                .addSubcommand(new PolicyCommand(kernel))
                .addSubcommand(new BatchCommand(kernel, System.in))
                .addSubcommand(new MirrorCommand())
                .addSubcommand(new KeygenCommand())
                .addSubcommand(new LabCommand())
                .addSubcommand(new CompletionCommand())
                .addSubcommand(new CommandLine.HelpCommand());
        line.setParameterExceptionHandler((exception, arguments) -> UsageError.report(exception));
        line.setExecutionExceptionHandler((exception, commandLine, parsed) -> {
            PrintWriter err = commandLine.getErr();
            Failure.describe(exception).forEach(err::println);
            err.flush();
            return ExitCode.FAILED;
        });
        return line;
    }
}
