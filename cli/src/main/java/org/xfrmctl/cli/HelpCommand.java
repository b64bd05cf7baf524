package org.xfrmctl.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code xfrmctl help}: as {@code --help} behind the command. picocli's own takes any option for a good one. */
@Command(
        name = "help",
        header = "show the help of a command",
        description = "Show the help of a command, or of the program.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  xfrmctl help up",
            "  xfrmctl help mtu probe",
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class HelpCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "A command, and one of its own.")
    List<String> names = List.of();

    @Override
    public Integer call() {
        CommandLine command = spec.root().commandLine();
        for (String name : names) {
            CommandLine below = command.getSubcommands().get(name);
            if (below == null) {
                throw new ParameterException(spec.commandLine(), UsageError.unknownCommand(name, command));
            }
            command = below;
        }
        command.usage(spec.commandLine().getOut());
        return ExitCode.DONE;
    }
}
