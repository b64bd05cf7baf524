package org.xfrmctl.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.xfrmctl.cli.manual.Manual;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code xfrmctl manual}: the man pages, for who installs or packages this. */
@Command(
        name = "manual",
        header = "write the man pages",
        description = {
            "Write the man pages of all commands and of definition files below a directory, in man1 and man5.",
            "With SOURCE_DATE_EPOCH in the environment the same version writes the same bytes."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  xfrmctl manual /usr/local/share/man        for \"man xfrmctl\", \"man xfrmctl-up\" and so on",
            "  xfrmctl manual man                         to read with \"man -l man/man1/xfrmctl.1\"",
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class ManualCommand implements Callable<Integer> {
    private final InstantSource clock;

    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Where man1 and man5 are or are made.")
    Path directory = Path.of("");

    ManualCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        Manual manual = new Manual(spec.root(), date(System.getenv()).toString(), "xfrmctl " + Version.ofProgram());
        manual.write(directory);
        var out = spec.commandLine().getOut();
        out.println(directory + ": " + manual.pages().size() + " pages");
        out.flush();
        return ExitCode.DONE;
    }

    /** Today, if nobody who wants the same bytes again says otherwise (reproducible-builds.org). */
    private LocalDate date(Map<String, String> environment) {
        Instant when = Optional.ofNullable(environment.get("SOURCE_DATE_EPOCH"))
                .map(seconds -> Instant.ofEpochSecond(seconds(seconds)))
                .orElseGet(clock::instant);
        return LocalDate.ofInstant(when, ZoneOffset.UTC);
    }

    private static long seconds(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new CommandFailedException(
                    "SOURCE_DATE_EPOCH is \"" + text + "\"", "it is a number of seconds since 1970, or not set");
        }
    }
}
