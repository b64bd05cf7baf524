package org.xfrmctl.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xfrmctl.cli.control.ControlDoor;
import org.xfrmctl.cli.kernel.Kernel;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** What a watch can be asked: commands of this program, about the definition, journal and kernel that the watch has. */
final class ControlCommands implements ControlDoor.Commands {
    private static final String RELOAD = "reload";

    private static final List<String> LOOKING = List.of("status", "counters", "plan", "check", "version");
    private static final List<String> CHANGING = List.of("up", "down", "apply", "lockdown", "trap", "rekey", RELOAD);

    private static final List<String> READING_SECRETS = List.of("up", "apply", "rekey");

    private static final List<String> WAITING = List.of("--wait", "--drain");
    private static final int MOST_SECONDS = 60;
    private static final List<String> GOING_ON = List.of("--trace", "--watch");
    private static final String FILES = "--file";
    private static final String STATE = "--state-dir";
    private static final String EPOCHS = "--epoch-dir";
    private static final List<String> PLACES = List.of(FILES, STATE, EPOCHS);

    private final Kernel kernel;
    private final List<Path> files;
    private final JournalOptions journal;
    private final WatchedDefinition definition;
    private final Runnable changed;

    /** {@code changed} is run when a command has ended that may have changed something. */
    ControlCommands(
            Kernel kernel, List<Path> files, JournalOptions journal, WatchedDefinition definition, Runnable changed) {
        this.kernel = kernel;
        this.files = files;
        this.journal = journal;
        this.definition = definition;
        this.changed = changed;
    }

    /** The names of the commands that a watch can be asked for. */
    static List<String> asked() {
        return Stream.of(LOOKING, CHANGING).flatMap(List::stream).toList();
    }

    @Override
    public int run(List<String> words, PrintWriter out, PrintWriter err) {
        String name = words.get(0);
        if (CHANGING.contains(name)) {
            try {
                return name.equals(RELOAD) ? reload(words, out, err) : carryOut(words, out, err);
            } finally {
                changed.run();
            }
        }
        if (LOOKING.contains(name)) {
            return carryOut(words, out, err);
        }
        List<String> known = asked();
        err.println("xfrmctl: \"" + name + "\" is nothing that a watch can be asked; it can be asked for "
                + String.join(", ", known) + UsageError.meant(name, known, ""));
        return ExitCode.USAGE;
    }

    private int carryOut(List<String> words, PrintWriter out, PrintWriter err) {
        CommandLine line = Main.commandLine(kernel, words)
                .setOut(out)
                .setErr(err)
                .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF));
        CommandSpec command =
                Objects.requireNonNull(line.getSubcommands().get(words.get(0))).getCommandSpec();
        try {
            CommandLine.ParseResult parsed = line.parseArgs(words.toArray(String[]::new));
            Optional<String> refusal = Stream.concat(
                            parsed.matchedOptions().stream(),
                            Optional.ofNullable(parsed.subcommand()).stream()
                                    .flatMap(sub -> sub.matchedOptions().stream()))
                    .flatMap(option -> refusal(option).stream())
                    .findFirst();
            if (refusal.isPresent()) {
                err.println("xfrmctl: " + refusal.get() + ", or run the command without \"ask\"");
                return ExitCode.USAGE;
            }
        } catch (ParameterException e) {
            return UsageError.report(e);
        }
        if (READING_SECRETS.contains(words.get(0))) {
            // The command reads them anew. The watch must not bring back what it changes.
            definition.refresh();
        }
        return line.execute(placed(words, command).toArray(String[]::new));
    }

    /** Why a watch is not given this option; empty if it may be. */
    private static Optional<String> refusal(OptionSpec option) {
        String name = option.longestName();
        if (PLACES.contains(name)) {
            return Optional.of(name + " cannot be given to a watch, which has its own: leave it out");
        }
        if (GOING_ON.contains(name)) {
            return Optional.of(
                    name + " cannot be given to a watch, which keeps the answer until its end: leave it out");
        }
        Object value = option.getValue();
        return WAITING.contains(name) && value instanceof Integer seconds && seconds > MOST_SECONDS
                ? Optional.of(
                        name + " " + seconds + " is too long for a watch, which others ask, too: allowed is up to "
                                + MOST_SECONDS + " seconds: give less")
                : Optional.empty();
    }

    private int reload(List<String> words, PrintWriter out, PrintWriter err) {
        if (words.size() > 1) {
            err.println("xfrmctl: reload takes no arguments");
            return ExitCode.USAGE;
        }
        WatchedDefinition.Reloaded reloaded = definition.reload();
        out.print(reloaded.out());
        err.print(reloaded.err());
        return reloaded.exit();
    }

    /** With the places that the watch has, as far as the command asks for them. */
    private List<String> placed(List<String> words, CommandSpec command) {
        List<String> placed = new ArrayList<>(words.subList(0, 1));
        files.forEach(file -> place(placed, command, FILES, file));
        place(placed, command, STATE, journal.directory);
        place(placed, command, EPOCHS, journal.epochDirectory);
        placed.addAll(words.subList(1, words.size()));
        return placed;
    }

    private static void place(List<String> words, CommandSpec command, String option, @Nullable Path path) {
        if (path != null && command.findOption(option) != null) {
            words.add(option);
            words.add(path.toString());
        }
    }
}
