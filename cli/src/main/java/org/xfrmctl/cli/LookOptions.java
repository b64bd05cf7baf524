package org.xfrmctl.cli;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.xfrmctl.cli.output.Looks;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code --watch}: a command that shows something over and over. */
final class LookOptions {
    @Option(
            names = "--watch",
            paramLabel = "SECONDS",
            arity = "0..1",
            fallbackValue = "1",
            description = "Show it again every SECONDS (default: ${FALLBACK-VALUE}), until Ctrl-C.")
    Optional<Double> seconds = Optional.empty();

    @Option(names = "--count", paramLabel = "N", description = "With --watch: end after N times.")
    Optional<Integer> count = Optional.empty();

    boolean isOnce() {
        return seconds.isEmpty() && count.isEmpty();
    }

    /**
     * On a terminal each look takes the place of the one before.
     *
     * @param lines whether each look is a line by itself, for a program to read
     */
    Looks looks(CommandSpec spec, boolean lines) {
        double interval = seconds.orElseThrow(
                () -> new ParameterException(spec.commandLine(), "--count says how often --watch looks: give both"));
        if (!(interval >= 0.1 && interval <= 86_400)) {
            throw new ParameterException(spec.commandLine(), "--watch " + interval + " is not in 0.1..86400 seconds");
        }
        if (count.filter(n -> n < 1).isPresent()) {
            throw new ParameterException(spec.commandLine(), "--count " + count.get() + " is less than 1");
        }
        return new Looks(
                spec.commandLine().getOut(),
                Looks.between(lines),
                Duration.ofNanos((long) (interval * 1e9)),
                count.orElse(Integer.MAX_VALUE),
                Clock.systemUTC());
    }
}
