package org.xfrmctl.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xfrmctl.model.definition.Names;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line, in the form of every other error, and where to read what is right. */
final class UsageError {
    /** Where a user of iproute2 is used to write them. */
    private static final Set<String> OPTIONS_OF_IP = Set.of("-s", "-o", "-4", "-6", "-t", "-ts");

    private static final Set<String> WORDS_OF_IP = Set.of("ip", "xfrm");

    private static final String NO_COMMAND = "Missing required subcommand";

    /** How picocli tells of text that is no number; the type is one of Java's. */
    private static final Pattern NO_NUMBER = Pattern.compile(".*: '(.*)' is not an? (\\w+)", Pattern.DOTALL);

    private UsageError() {}

    static int report(ParameterException error) {
        CommandLine command = error.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("xfrmctl: " + message(error));
        if (isWithoutCommand(error)) {
            // Whoever names no command does not know them yet.
            err.println();
            command.usage(err);
        } else {
            err.println("  see \"" + command.getCommandSpec().qualifiedName() + " --help\"");
        }
        err.flush();
        return ExitCode.USAGE;
    }

    /** Whether a command is missing, be it one to run or one to ask for. */
    private static boolean isWithoutCommand(ParameterException error) {
        return NO_COMMAND.equals(error.getMessage())
                || (error instanceof MissingParameterException incomplete
                        && incomplete.getMissing().stream()
                                .anyMatch(each -> name(each).equals("COMMAND")));
    }

    private static String message(ParameterException error) {
        if (error instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched);
        }
        String message = String.valueOf(error.getMessage());
        if (isWithoutCommand(error)) {
            return "a command is missing";
        }
        if (error instanceof MutuallyExclusiveArgsException) {
            return message.replaceFirst("^Error: ", "")
                    .replaceFirst(" are mutually exclusive.*", " exclude each other: give one");
        }
        return value(error).orElse(message);
    }

    private static String unmatched(UnmatchedArgumentException unmatched) {
        CommandLine line = unmatched.getCommandLine();
        String argument = unmatched.getUnmatched().get(0);
        boolean command = !line.getSubcommands().isEmpty();
        if (command && OPTIONS_OF_IP.contains(argument)) {
            return argument + " stands behind the command, as in \"xfrmctl state " + argument + "\"";
        }
        if (command && WORDS_OF_IP.contains(argument)) {
            return "\"ip xfrm\" is left out: \"xfrmctl state\" is \"ip xfrm state\"";
        }
        if (unmatched.isUnknownOption()) {
            String name = argument.replaceFirst("=.*", "");
            return "there is no option " + name + meant(name, options(line), "");
        }
        return command ? unknownCommand(argument, line) : "unexpected argument \"" + argument + "\"";
    }

    static String unknownCommand(String word, CommandLine line) {
        return "there is no command \"" + word + "\"" + meant(word, commands(line), "");
    }

    private static List<String> commands(CommandLine line) {
        return line.getSubcommands().entrySet().stream()
                .filter(each -> !each.getValue().getCommandSpec().usageMessage().hidden())
                .map(each -> each.getKey())
                .toList();
    }

    private static List<String> options(CommandLine line) {
        return line.getCommandSpec().options().stream()
                .filter(option -> !option.hidden())
                .flatMap(option -> List.of(option.names()).stream())
                .toList();
    }

    /** A value that an option or argument does not take: what it takes. */
    private static Optional<String> value(ParameterException error) {
        ArgSpec argument = error.getArgSpec();
        if (argument == null || error.getValue() == null) {
            return Optional.empty();
        }
        if (argument.completionCandidates() != null) {
            List<String> allowed = new ArrayList<>();
            argument.completionCandidates().forEach(allowed::add);
            return Optional.of(notAmong(name(argument), error.getValue(), allowed));
        }
        if (argument.arity().max() == 0) {
            return Optional.of(name(argument) + " takes no value: leave out \"=" + error.getValue() + "\"");
        }
        Matcher number = NO_NUMBER.matcher(String.valueOf(error.getMessage()));
        return number.matches()
                ? Optional.of(name(argument) + " " + number.group(1) + " is no "
                        + (number.group(2).equals("double") ? "number, such as 1 or 0.5" : "whole number, such as 10"))
                : Optional.empty();
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    /** Of a word that is not one of those allowed: so, and which was meant, or which there are. */
    static String notAmong(String what, String word, Collection<String> allowed) {
        return what + " \"" + word + "\" is none of " + String.join(", ", allowed) + meant(word, allowed, "");
    }

    /** Which of those known was probably meant, as the end of a sentence; {@code otherwise} if that cannot be said. */
    static String meant(String word, Collection<String> known, String otherwise) {
        return Names.nearest(word, known)
                .map(nearest -> "; did you mean \"" + nearest + "\"?")
                .orElse(otherwise);
    }
}
