package org.xfrmctl.cli.manual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xfrmctl.cli.help.CommandGroup;
import org.xfrmctl.cli.help.Example;
import org.xfrmctl.cli.help.HelpPages;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The page of a command, in section 1. */
final class CommandPage {
    private final CommandSpec command;
    private final Roff page;

    private CommandPage(CommandSpec command, String date, String source) {
        this.command = command;
        this.page = new Roff(name(command), 1, date, source);
    }

    /** As {@code man} is asked for it: {@code xfrmctl-mtu-probe}. */
    static String name(CommandSpec command) {
        return command.qualifiedName().replace(' ', '-');
    }

    static String print(CommandSpec command, String date, String source) {
        return new CommandPage(command, date, source).print();
    }

    private String print() {
        page.section("NAME")
                .raw(Roff.escaped(name(command)) + " \\- " + Roff.escaped(HelpPages.summary(command.usageMessage())));
        page.section("SYNOPSIS").raw(synopsis());
        description();
        arguments();
        options();
        commands();
        exitStatus();
        surroundings("FILES", Surroundings.Kind.FILES);
        surroundings("ENVIRONMENT", Surroundings.Kind.ENVIRONMENT);
        examples();
        seeAlso();
        return page.toString();
    }

    /** That of the help, whose lines are only as long as a terminal's. */
    private String synopsis() {
        String text = new Help(command, Help.defaultColorScheme(Help.Ansi.OFF)).synopsis(0);
        String words = text.replaceAll("\\s+", " ").strip();
        String name = command.qualifiedName();
        return Roff.bold(name) + Roff.escaped(words.substring(name.length()));
    }

    private void description() {
        page.section("DESCRIPTION");
        boolean first = true;
        for (String paragraph : command.usageMessage().description()) {
            if (!first) {
                page.paragraph();
            }
            page.text(String.format(paragraph));
            first = false;
        }
    }

    private void arguments() {
        List<PositionalParamSpec> arguments = command.positionalParameters();
        if (!arguments.isEmpty()) {
            page.section("ARGUMENTS");
            arguments.forEach(argument -> tagged(Roff.italic(argument.paramLabel()), argument));
        }
    }

    private void options() {
        page.section("OPTIONS");
        command.options().stream()
                .filter(option -> !option.hidden())
                .sorted(Comparator.comparing(option -> option.longestName().replace("-", "")))
                .forEach(option -> tagged(tag(option), option));
    }

    private static String tag(OptionSpec option) {
        String names = Arrays.stream(option.names()).map(Roff::bold).collect(Collectors.joining(", "));
        if (option.arity().max() == 0) {
            return names;
        }
        String value = (option.longestName().startsWith("--") ? "=" : " ") + Roff.italic(option.paramLabel());
        return names + (option.arity().min() == 0 ? "[" + value + "]" : value);
    }

    private void tagged(String tag, ArgSpec argument) {
        page.tagged(tag);
        boolean first = true;
        for (String paragraph : argument.description()) {
            if (!first) {
                page.more();
            }
            page.text(String.format(paragraph).strip());
            first = false;
        }
    }

    private void commands() {
        if (command.subcommands().isEmpty()) {
            return;
        }
        page.section("COMMANDS");
        if (command.parent() == null) {
            for (CommandGroup group : CommandGroup.values()) {
                page.subsection(group.title());
                group.commands().forEach(name -> command(below(name)));
            }
        } else {
            command.subcommands().values().forEach(each -> command(each.getCommandSpec()));
        }
    }

    private CommandSpec below(String name) {
        return Objects.requireNonNull(command.subcommands().get(name), name).getCommandSpec();
    }

    private void command(CommandSpec each) {
        page.tagged(Roff.bold(each.name()) + " (see " + reference(name(each), 1) + ")")
                .text(HelpPages.summary(each.usageMessage()));
    }

    private void exitStatus() {
        page.section("EXIT STATUS");
        command.usageMessage()
                .exitCodeList()
                .forEach((code, meaning) -> page.tagged(Roff.bold(code)).text(String.format(meaning)));
    }

    private void surroundings(String title, Surroundings.Kind kind) {
        List<Surroundings> all = Surroundings.of(command, kind);
        if (!all.isEmpty()) {
            page.section(title);
            all.forEach(each -> page.tagged(Roff.bold(each.name())).text(each.meaning()));
        }
    }

    private void examples() {
        page.section("EXAMPLES");
        for (Example example : Example.of(command)) {
            if (!example.comment().isEmpty()) {
                page.paragraph().text(example.comment());
            }
            page.lines(List.of(example.command()));
        }
    }

    private void seeAlso() {
        Set<String> others = new LinkedHashSet<>();
        for (CommandSpec above = command.parent(); above != null; above = above.parent()) {
            others.add(reference(name(above), 1));
        }
        related().map(each -> reference(name(each), 1)).forEach(others::add);
        if (command.parent() == null || command.findOption("--file") != null) {
            others.add(reference(DefinitionPage.NAME, 5));
        }
        if (group(command).filter(CommandGroup.IP_XFRM::equals).isPresent()) {
            others.add(reference("ip-xfrm", 8));
        }
        page.section("SEE ALSO");
        List<String> list = new ArrayList<>(others);
        for (int i = 0; i < list.size(); i++) {
            page.raw(list.get(i) + (i < list.size() - 1 ? "," : ""));
        }
    }

    /** What is below it and beside it; of the program itself, and of what is below a command, nothing is beside it. */
    private Stream<CommandSpec> related() {
        Stream<CommandSpec> below = command.subcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(each -> !each.usageMessage().hidden());
        CommandSpec parent = command.parent();
        Stream<CommandSpec> beside = parent == null
                ? Stream.of()
                : parent.subcommands().values().stream()
                        .map(CommandLine::getCommandSpec)
                        .filter(each -> !each.name().equals(command.name()))
                        .filter(each -> parent.parent() != null || group(each).equals(group(command)))
                        .filter(each -> !each.usageMessage().hidden());
        return Stream.concat(below, beside);
    }

    private static Optional<CommandGroup> group(CommandSpec command) {
        return Arrays.stream(CommandGroup.values())
                .filter(group -> group.commands().contains(command.name()))
                .findFirst();
    }

    private static String reference(String name, int section) {
        return Roff.bold(name) + "(" + section + ")";
    }
}
