package org.xfrmctl.cli.help;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Completes what the commands say of themselves. A command's header is its purpose in a few words, for lists of commands; its
 * description is for its own page.
 */
public final class HelpPages {
    private static final String EXIT_HEADING = "%nExit status:%n";

    private HelpPages() {}

    /**
     * Gives every command a page of the same shape.
     *
     * @param usualExits codes and what they mean, for commands that say nothing else
     */
    public static void complete(CommandLine program, Map<String, String> usualExits) {
        program.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, HelpPages::groups);
        completeEach(program, usualExits);
    }

    private static void completeEach(CommandLine command, Map<String, String> usualExits) {
        CommandSpec spec = command.getCommandSpec();
        command.setHelpSectionKeys(command.getHelpSectionKeys().stream()
                .filter(key -> !key.equals(UsageMessageSpec.SECTION_KEY_HEADER)
                        && !key.equals(UsageMessageSpec.SECTION_KEY_HEADER_HEADING))
                .toList());
        if (spec.usageMessage().exitCodeList().isEmpty()) {
            spec.usageMessage().exitCodeListHeading(EXIT_HEADING).exitCodeList(new LinkedHashMap<>(usualExits));
        }
        command.getSubcommands().values().forEach(each -> completeEach(each, usualExits));
    }

    /** The list of commands as several lists, each with a heading. */
    private static String groups(Help help) {
        Map<String, Help> commands = help.subcommands();
        int width = commands.keySet().stream().mapToInt(String::length).max().orElse(0) + 4;
        StringBuilder text = new StringBuilder();
        for (CommandGroup group : CommandGroup.values()) {
            text.append("\n  ").append(group.title()).append(":\n");
            for (String name : group.commands()) {
                UsageMessageSpec usage = Objects.requireNonNull(commands.get(name), name)
                        .commandSpec()
                        .usageMessage();
                text.append("    ")
                        .append(name)
                        .append(" ".repeat(width - 2 - name.length()))
                        .append(summary(usage))
                        .append('\n');
            }
        }
        return text.toString();
    }

    /** What a command is for, in a few words. */
    public static String summary(UsageMessageSpec usage) {
        return String.format(Arrays.stream(usage.header()).findFirst().orElse(""));
    }
}
