package org.xfrmctl.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.xfrmctl.cli.control.ControlClient;
import org.xfrmctl.cli.kernel.Kernel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code xfrmctl ask}: has a watch carry out a command, and prints what it prints. */
@Command(
        name = "ask",
        header = "have a running watch carry out a command",
        description = {
            "Have the running \"watch\" carry out a command, with its definition, journal and kernel: status, counters,"
                    + " plan, check, up, down, apply, lockdown, rekey, version, or reload, which reads the definition and"
                    + " its secrets again.",
            "The output and the exit status are those of the command."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  xfrmctl ask status",
            "  xfrmctl ask up home/net",
            "  xfrmctl ask --control /run/xfrmctl.sock reload",
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class AskCommand implements Callable<Integer> {
    private final Kernel kernel;

    @Spec
    CommandSpec spec;

    @Mixin
    WatchPlace place = new WatchPlace();

    @Parameters(
            paramLabel = "COMMAND",
            arity = "1..*",
            completionCandidates = Asked.class,
            description = "A command and its options and arguments.")
    List<String> words = List.of();

    /** What can be asked for, for completion. */
    static final class Asked implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return ControlCommands.asked().iterator();
        }
    }

    AskCommand(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public Integer call() {
        Path socket = place.socket(kernel);
        try {
            return ControlClient.ask(
                    socket,
                    words,
                    spec.commandLine().getOut(),
                    spec.commandLine().getErr());
        } catch (ControlClient.CutOffException e) {
            throw new CommandFailedException(
                    "the watch at " + socket + " did not answer to the end: " + e.getMessage(),
                    "what was asked for may have been carried out: \"xfrmctl status\" tells how the children stand");
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandFailedException(
                    "no watch could be asked at " + socket + ": " + e.getMessage(),
                    "is \"xfrmctl watch\" running, in this network namespace and with this state directory? --control PATH"
                            + " names its socket; who is neither root nor its user must be in its --group");
        }
    }
}
