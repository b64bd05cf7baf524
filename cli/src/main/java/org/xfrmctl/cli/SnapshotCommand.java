package org.xfrmctl.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.render.Json;
import org.xfrmctl.cli.snapshot.SnapshotWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code xfrmctl snapshot}: what somebody who is asked for help would ask for, without keys. */
@Command(
        name = "snapshot",
        header = "write this host into files, without keys",
        description = {
            "Write states, policies, counters, routes and settings of this host into files, without keys.",
            "\"doctor --from DIR\" and \"explain --from DIR\" read them, on any host."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  xfrmctl snapshot moon                                  makes the directory moon",
            "  xfrmctl explain --from moon 10.1.0.10 10.2.0.10        there or elsewhere",
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:done", "1:failed; the directory holds something, for one", "64:the command line is wrong"})
final class SnapshotCommand implements Callable<Integer> {
    private final Kernel kernel;
    private final Clock clock;

    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "A directory that is empty, or is made.")
    Path directory = Path.of("");

    @Option(names = "--json", description = "Print JSON.")
    boolean json;

    SnapshotCommand(Kernel kernel, Clock clock) {
        this.kernel = kernel;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        List<String> files =
                new SnapshotWriter(kernel, directory, "xfrmctl " + Version.ofProgram()).write(clock.instant());
        var out = spec.commandLine().getOut();
        out.println(
                json
                        ? Json.print(Json.object("directory", directory.toString(), "files", files))
                        : directory + ": " + String.join(" ", files));
        out.flush();
        return ExitCode.DONE;
    }
}
