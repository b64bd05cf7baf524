package org.xfrmctl.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.xfrmctl.cli.help.HelpPages;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.kernel.RunningKernel;
import org.xfrmctl.cli.kernel.TracedKernel;
import org.xfrmctl.cli.output.StandardOutput;
import org.xfrmctl.cli.output.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The program. Sub-commands say what they can do; what is common to all of them is wired here. */
@Command(
        name = "xfrmctl",
        description =
                "Declarative IPsec for Linux XFRM: from a connection definition to states, policies and counters.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        exitCodeOnInvalidInput = ExitCode.USAGE,
        header = "declarative IPsec for Linux XFRM",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done; plan: nothing to do",
            "1:refused or failed; the reason is on standard error. mtu, mtu probe, explain: packets do not pass as they should",
            "2:plan and --dry-run: there are changes; doctor: something was found; import: something was not taken over",
            "64:the command line is wrong, or names what is not defined",
            "130:ended by Ctrl-C",
            "143:ended by SIGTERM"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  xfrmctl plan -f carol.yaml         what would change",
            "  xfrmctl doctor                     what is wrong, whoever set it up",
            "  xfrmctl lab run examples/compress  try it without privileges",
        },
        synopsisSubcommandLabel = "COMMAND")
public final class Main {
    private final TracedKernel kernel;

    @Spec
    CommandSpec spec;

    private Main(TracedKernel kernel) {
        this.kernel = kernel;
    }

    @Option(
            names = "--trace",
            scope = CommandLine.ScopeType.INHERIT,
            description = "Print every netlink message on standard error, without keys.")
    void trace(boolean value) {
        if (value) {
            kernel.trace(spec.commandLine().getErr()::println);
        }
    }

    public static void main(String[] args) {
        StandardOutput out = new StandardOutput(new FileOutputStream(FileDescriptor.out));
        CommandLine line = commandLine(new RunningKernel(), List.of(args))
                .setOut(new PrintWriter(out, true))
                .setColorScheme(usualColours());
        int status = line.execute(args);
        line.getOut().flush();
        System.exit(out.failure().isPresent() ? unwritten(out.failure().get(), status) : status);
    }

    /** Of help and of what picocli says. */
    static Help.ColorScheme usualColours() {
        boolean coloured = ColourOptions.isUsual(System.getenv(), Terminal.isStandardOutput());
        return Help.defaultColorScheme(coloured ? Help.Ansi.ON : Help.Ansi.OFF);
    }

    /** Whoever closed a pipe knows that it did not read all, as behind {@code | head}; everybody else must be told. */
    private static int unwritten(IOException failure, int status) {
        if (String.valueOf(failure.getMessage()).equals("Broken pipe")) {
            return status;
        }
        System.err.println("xfrmctl: standard output: " + failure.getMessage() + ": not all was written");
        return ExitCode.FAILED;
    }

    private static Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new TypeConversionException(Failure.unnameable(e));
        }
    }

    /** The program with another kernel behind it, and all commands. */
    public static CommandLine commandLine(Kernel kernel) {
        return commandLine(kernel, List.of());
    }

    /** As {@link #commandLine(Kernel)}, for these arguments: with the commands that they can need. */
    static CommandLine commandLine(Kernel kernel, List<String> arguments) {
        TracedKernel traced = new TracedKernel(kernel);
        CommandLine line = new CommandLine(new Main(traced));
        Commands.neededFor(arguments).forEach(name -> line.addSubcommand(name, Commands.make(name, traced)));
        line.getSubcommands().values().forEach(each -> each.getCommandSpec().versionProvider(new Version()));
        line.registerConverter(Path.class, Main::path);
        HelpPages.complete(line, ExitCode.usual());
        // A word that begins with @ names a key file, not a file of arguments.
        line.setExpandAtFiles(false);
        line.setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF));
        line.setParameterExceptionHandler((exception, words) -> UsageError.report(exception));
        line.setExecutionExceptionHandler((exception, commandLine, parsed) -> {
            PrintWriter err = commandLine.getErr();
            Failure.describe(exception).forEach(err::println);
            err.flush();
            return ExitCode.FAILED;
        });
        return line;
    }
}
