package org.xfrmctl.cli;

import java.util.concurrent.Callable;
import org.xfrmctl.model.definition.Mirror;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code xfrmctl mirror}: the definition for the other end, so that both come from one source. */
@Command(
        name = "mirror",
        header = "print the definition for the other end",
        description = {
            "Print the same connections as the other end has to define them.",
            "Key files are named relative to the first definition's directory: keep them beside the other end's, too."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  xfrmctl mirror -f carol.yaml >moon.yaml",
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class MirrorCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Mixin
    DefinitionOptions options;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        out.print(Mirror.text(options.definition(), options.directory()));
        out.flush();
        return ExitCode.DONE;
    }
}
