package org.xfrmctl.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
    private static final List<String> CHANGING = List.of("up", "down", "apply", "lockdown", "rekey", RELOAD);

    private static final String FILES = "--file";
    private static final String STATE = "--state-dir";
    private static final String EPOCHS = "--epoch-dir";

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

    @Override
    public int run(List<String> words, PrintWriter out, PrintWriter err) {
        String name = words.get(0);
        if (CHANGING.contains(name)) {
            int exit = name.equals(RELOAD) ? reload(words, out, err) : carryOut(words, out, err);
            changed.run();
            return exit;
        }
        if (LOOKING.contains(name)) {
            return carryOut(words, out, err);
        }
        err.println("xfrmctl: \"" + name + "\" is nothing that a watch can be asked; it can be asked for "
                + String.join(", ", LOOKING) + ", " + String.join(", ", CHANGING));
        return ExitCode.USAGE;
    }

    private int carryOut(List<String> words, PrintWriter out, PrintWriter err) {
        CommandLine line =
                Main.commandLine(kernel).setOut(out).setErr(err).setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF));
        CommandSpec command =
                Objects.requireNonNull(line.getSubcommands().get(words.get(0))).getCommandSpec();
        try {
            CommandLine.ParseResult parsed = line.parseArgs(words.toArray(String[]::new));
            Optional<String> foreign = Optional.ofNullable(parsed.subcommand()).stream()
                    .flatMap(sub -> sub.matchedOptions().stream())
                    .map(OptionSpec::longestName)
                    .filter(List.of(FILES, STATE, EPOCHS)::contains)
                    .findFirst();
            if (foreign.isPresent()) {
                err.println(
                        "xfrmctl: " + foreign.get() + " cannot be given to a watch, which has its own: leave it out,"
                                + " or run the command without \"ask\"");
                return ExitCode.USAGE;
            }
        } catch (ParameterException e) {
            return UsageError.report(e);
        }
        return line.execute(placed(words, command).toArray(String[]::new));
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
