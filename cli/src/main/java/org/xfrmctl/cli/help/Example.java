package org.xfrmctl.cli.help;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A command line that somebody may want, as it stands at the end of a command's help.
 *
 * @param command as it is typed into a shell
 * @param comment what it is for; empty if it says so itself
 */
public record Example(String command, String comment) {
    private static final String HEADING = "Examples:";

    /** Those of a command: the lines of its footer, where two blanks or more part command and comment. */
    public static List<Example> of(CommandSpec command) {
        return String.format(command.usageMessage().footerHeading()).contains(HEADING)
                ? Arrays.stream(command.usageMessage().footer())
                        .map(line -> read(String.format(line)))
                        .toList()
                : List.of();
    }

    private static Example read(String line) {
        String[] parts = line.strip().split(" {2,}", 2);
        return new Example(parts[0], parts.length == 1 ? "" : parts[1]);
    }

    /** The words that the program is given, without its name and without what is meant for the shell. */
    public List<String> words() {
        String own = command.substring(command.lastIndexOf("xfrmctl ") + "xfrmctl ".length())
                .replaceAll("[)]$| [|&>].*", "");
        return Stream.of(own.split(" ")).toList();
    }
}
