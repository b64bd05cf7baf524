package org.xfrmctl.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line, in the form of every other error, and where to read what is right. */
final class UsageError {
    /** Where a user of iproute2 is used to write them. */
    private static final Set<String> OPTIONS_OF_IP = Set.of("-s", "-o", "-4", "-6", "-t", "-ts");

    private static final Set<String> WORDS_OF_IP = Set.of("ip", "xfrm");

    private UsageError() {}

    static int report(ParameterException error) {
        CommandLine command = error.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("xfrmctl: " + message(error));
        if (command.getSubcommands().isEmpty() || error instanceof UnmatchedArgumentException) {
            err.println("  see \"" + command.getCommandSpec().qualifiedName() + " --help\"");
        } else {
            // Whoever names no command does not know them yet.
            err.println();
            command.usage(err);
        }
        err.flush();
        return ExitCode.USAGE;
    }

    private static String message(ParameterException error) {
        if (!(error instanceof UnmatchedArgumentException unmatched)) {
            String message = String.valueOf(error.getMessage());
            return message.equals("Missing required subcommand") ? "a command is missing" : message;
        }
        String argument = unmatched.getUnmatched().get(0);
        boolean command = !error.getCommandLine().getSubcommands().isEmpty();
        if (command && OPTIONS_OF_IP.contains(argument)) {
            return argument + " stands behind the command, as in \"xfrmctl state " + argument + "\"";
        }
        if (command && WORDS_OF_IP.contains(argument)) {
            return "\"ip xfrm\" is left out: \"xfrmctl state\" is \"ip xfrm state\"";
        }
        String text = unmatched.isUnknownOption()
                ? "there is no option " + argument
                : command ? "there is no command \"" + argument + "\"" : "unexpected argument \"" + argument + "\"";
        List<String> suggestions = unmatched.getSuggestions();
        return text + (suggestions.isEmpty() ? "" : "; did you mean \"" + suggestions.get(0) + "\"?");
    }
}
