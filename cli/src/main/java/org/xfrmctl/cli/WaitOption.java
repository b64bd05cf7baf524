package org.xfrmctl.cli;

import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --wait SECONDS}: the patience of a command that takes the journal. */
final class WaitOption {
    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "How long to wait for another run that is under way. Default: ${DEFAULT-VALUE}.")
    int seconds = 10;

    @Spec(Spec.Target.MIXEE)
    CommandSpec command;

    Duration patience() {
        if (seconds < 0) {
            throw new ParameterException(command.commandLine(), "--wait " + seconds + " is less than 0");
        }
        return Duration.ofSeconds(seconds);
    }
}
