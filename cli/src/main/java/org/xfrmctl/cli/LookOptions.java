package org.xfrmctl.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
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
     * Refuses what fits no command line, for commands to call before they read anything: what is wrong there comes first.
     *
     * @throws ParameterException if it does not fit
     */
    void check(CommandSpec spec) {
        if (isOnce()) {
            return;
        }
        double interval = seconds.orElseThrow(
                () -> new ParameterException(spec.commandLine(), "--count says how often --watch looks: give both"));
        if (!(interval >= 0.1 && interval <= 86_400)) {
            throw new ParameterException(spec.commandLine(), "--watch " + interval + " is not in 0.1..86400 seconds");
        }
        if (count.filter(n -> n < 1).isPresent()) {
            throw new ParameterException(spec.commandLine(), "--count " + count.get() + " is less than 1");
        }
    }

    /** What is to be seen at a look; without one, at the only time. */
    interface View {
        Seen at(Optional<Looks> look) throws IOException, InterruptedException;
    }

    /**
     * What was seen.
     *
     * @param remarks lines for standard error, about the look and no part of it
     * @param status the exit status that it makes if it was the last
     */
    record Seen(String text, List<String> remarks, int status) {
        Seen {
            remarks = List.copyOf(remarks);
        }

        static Seen done(String text) {
            return new Seen(text, List.of(), ExitCode.DONE);
        }
    }

    /**
     * Shows it as often as it was asked for, once or over and over. On a terminal each look takes the place of the one before.
     *
     * @param lines whether each look is a line by itself, for a program to read
     * @return the exit status of the last look
     */
    int show(CommandSpec spec, boolean lines, View view) throws IOException, InterruptedException {
        if (isOnce()) {
            Seen seen = view.at(Optional.empty());
            PrintWriter err = spec.commandLine().getErr();
            seen.remarks().forEach(err::println);
            err.flush();
            spec.commandLine().getOut().print(seen.text());
            spec.commandLine().getOut().flush();
            return seen.status();
        }
        Looks looks = looks(spec, lines);
        int status = ExitCode.DONE;
        while (looks.next()) {
            Seen seen = view.at(Optional.of(looks));
            looks.show(seen.text(), seen.remarks());
            status = seen.status();
        }
        return status;
    }

    private Looks looks(CommandSpec spec, boolean lines) {
        check(spec);
        return new Looks(
                spec.commandLine().getOut(),
                spec.commandLine().getErr(),
                Looks.between(lines),
                Duration.ofNanos((long) (seconds.orElseThrow() * 1e9)),
                count.orElse(Integer.MAX_VALUE),
                Clock.systemUTC());
    }
}
