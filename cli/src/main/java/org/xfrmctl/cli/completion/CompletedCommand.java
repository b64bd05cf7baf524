package org.xfrmctl.cli.completion;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.xfrmctl.cli.help.HelpPages;
import org.xfrmctl.netlink.command.IpCommandParser;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * A command with what can follow it.
 *
 * @param path from the program's name to its own, with blanks between
 * @param summary what it is for, in a few words
 * @param arguments in their order
 * @param repeats whether the last argument may be given several times
 */
record CompletedCommand(
        String path,
        String summary,
        List<CompletedOption> options,
        List<CompletedValue> arguments,
        boolean repeats,
        List<CompletedCommand> commands) {

    static CompletedCommand of(CommandSpec spec) {
        List<PositionalParamSpec> positionals = spec.positionalParameters();
        return new CompletedCommand(
                spec.qualifiedName(),
                HelpPages.summary(spec.usageMessage()),
                spec.options().stream()
                        .filter(option -> !option.hidden())
                        .map(CompletedOption::of)
                        .toList(),
                arguments(spec, positionals),
                !positionals.isEmpty()
                        && positionals.get(positionals.size() - 1).isMultiValue(),
                shown(spec).map(CompletedCommand::of).toList());
    }

    private static List<CompletedValue> arguments(CommandSpec spec, List<PositionalParamSpec> positionals) {
        CompletedValue.Kind names = spec.qualifiedName().contains(" interface ")
                ? CompletedValue.Kind.INTERFACES
                : CompletedValue.Kind.CHILDREN;
        List<CompletedValue> arguments = new ArrayList<>();
        for (PositionalParamSpec positional : positionals) {
            switch (positional.paramLabel()) {
                // The language of ip xfrm: a command, then whatever it takes.
                case "WORD" -> {
                    arguments.add(new CompletedValue.Words(IpCommandParser.commandsOf(spec.name())));
                    arguments.add(new CompletedValue.Free());
                }
                case "COMMAND" -> arguments.addAll(command(spec, positional, names));
                default -> arguments.add(CompletedValue.of(positional, names));
            }
        }
        return arguments;
    }

    /** One of ours: for "help" any, for "ask" some, and then most often names. */
    private static List<CompletedValue> command(
            CommandSpec spec, PositionalParamSpec positional, CompletedValue.Kind names) {
        return positional.completionCandidates() == null
                ? List.of(new CompletedValue.Words(
                        shown(spec.parent()).map(CommandSpec::name).toList()))
                : List.of(CompletedValue.of(positional, names), new CompletedValue.Name(names));
    }

    private static Stream<CommandSpec> shown(CommandSpec spec) {
        return spec.subcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(each -> !each.usageMessage().hidden());
    }

    /** The last name of its path. */
    String name() {
        return path.substring(path.lastIndexOf(' ') + 1);
    }

    /** Itself and all below it. */
    Stream<CompletedCommand> all() {
        return Stream.concat(Stream.of(this), commands.stream().flatMap(CompletedCommand::all));
    }
}
