package org.xfrmctl.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code xfrmctl completion}: what bash and zsh need in order to complete commands and options. */
@Command(
        name = "completion",
        description = {"Print a completion script for bash or zsh.", "Use it with: source <(xfrmctl completion)"},
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class CompletionCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        out.print(AutoComplete.bash("xfrmctl", spec.root().commandLine()));
        out.flush();
        return ExitCode.DONE;
    }
}
