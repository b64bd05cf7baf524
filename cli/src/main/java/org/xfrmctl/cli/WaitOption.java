package org.xfrmctl.cli;

import java.time.Duration;
import picocli.CommandLine.Option;

/** {@code --wait SECONDS}: the patience of a command that takes the journal. */
final class WaitOption {
    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "How long to wait for another run that is under way. Default: ${DEFAULT-VALUE}.")
    int seconds = 10;

    Duration patience() {
        return Duration.ofSeconds(seconds);
    }
}
