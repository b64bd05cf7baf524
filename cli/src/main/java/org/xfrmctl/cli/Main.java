package org.xfrmctl.cli;

import java.io.PrintWriter;
import org.xfrmctl.cli.lab.LabCommand;
import org.xfrmctl.netlink.sys.AfNetlinkSocket;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
public final class Main implements Runnable {
    @Spec
    CommandSpec spec;

    private Main() {}

    public static void main(String[] args) {
        System.exit(commandLine(() -> AfNetlinkSocket.open()).execute(args));
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
                .addSubcommand(new MirrorCommand())
                .addSubcommand(new KeygenCommand())
                .addSubcommand(new CommandLine(new LabCommand()))
                .addSubcommand(new CommandLine.HelpCommand());
        line.setExecutionExceptionHandler((exception, commandLine, parsed) -> {
            PrintWriter err = commandLine.getErr();
            Failure.describe(exception).forEach(err::println);
            err.flush();
            return ExitCode.FAILED;
        });
        return line;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
