package org.xfrmctl.cli;

import java.util.concurrent.Callable;
import org.xfrmctl.cli.completion.CompletionShell;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code xfrmctl completion}: what a shell needs in order to complete commands, options, values and names. */
@Command(
        name = "completion",
        header = "print a script for the Tab key of bash, zsh or fish",
        description = {
            "Print a script with which the Tab key completes commands, options, their values, files, and the names of"
                    + " connections, children and interfaces.",
            "Names come from the definition after -f, or of /etc/xfrmctl.d where this user may read that; the first Tab"
                    + " after a change of it takes as long as this program takes to start."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(xfrmctl completion)               in ~/.bashrc, or in ~/.zshrc behind compinit",
            "  xfrmctl completion fish >~/.config/fish/completions/xfrmctl.fish",
            "  xfrmctl completion zsh >/usr/local/share/zsh/site-functions/_xfrmctl",
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class CompletionCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Parameters(
            paramLabel = "SHELL",
            arity = "0..1",
            defaultValue = "bash",
            description = "${COMPLETION-CANDIDATES}; default: bash, whose script is for zsh, too.")
    CompletionShell shell = CompletionShell.bash;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        out.print(shell.script(spec.root()));
        out.flush();
        return ExitCode.DONE;
    }
}
