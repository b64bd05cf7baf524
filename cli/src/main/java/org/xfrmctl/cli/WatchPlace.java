package org.xfrmctl.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.xfrmctl.cli.kernel.Kernel;
import picocli.CommandLine.Option;

/** {@code --control} and {@code --state-dir}: which watch a command asks. */
final class WatchPlace {
    @Option(
            names = "--control",
            paramLabel = "PATH",
            description =
                    "The socket of the watch. Default: control, in the state directory of this network namespace.")
    @Nullable
    Path control;

    @Option(names = "--state-dir", paramLabel = "DIR", description = "The state directory of the watch.")
    @Nullable
    Path stateDirectory;

    /** Whether the command line says anything about it. */
    boolean isGiven() {
        return control != null || stateDirectory != null;
    }

    /**
     * The watch's socket.
     *
     * @throws CommandFailedException if none is named, and the kernel has no name by which it could be found
     */
    Path socket(Kernel kernel) {
        if (control != null) {
            return control;
        }
        JournalOptions places = new JournalOptions();
        places.directory = stateDirectory;
        return places.controlPlace(kernel)
                .orElseThrow(() -> new CommandFailedException(
                        "this kernel has no name by which a watch of it could be found",
                        "name its socket with --control"));
    }
}
