package org.xfrmctl.cli.completion;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** For zsh: a function for each command, in terms of its {@code _arguments}. */
final class ZshCompletion {
    private ZshCompletion() {}

    static String script(CompletedCommand program) {
        return "#compdef xfrmctl\n# Completion of xfrmctl for zsh: source <(xfrmctl completion zsh)\n"
                + program.all().map(ZshCompletion::function).collect(Collectors.joining())
                + ScriptParts.read("completion.zsh");
    }

    private static String function(CompletedCommand command) {
        List<String> words = new ArrayList<>();
        command.options().forEach(option -> words.add(option(option)));
        words.addAll(arguments(command));
        StringBuilder text = new StringBuilder("\n" + name(command) + "() {\n");
        if (!command.commands().isEmpty()) {
            below(text, command);
        }
        text.append("    _arguments -s -S : \\\n        ")
                .append(String.join(" \\\n        ", words))
                .append("\n}\n");
        return text.toString();
    }

    private static String name(CompletedCommand command) {
        return "_" + command.path().replace(' ', '_');
    }

    /** Where one of its commands was named, that one goes on. */
    private static void below(StringBuilder text, CompletedCommand command) {
        text.append("    local -a commands=(\n");
        command.commands()
                .forEach(each -> text.append("        ")
                        .append(CompletionShell.quoted(each.name() + ":" + each.summary()))
                        .append('\n'));
        text.append("    )\n");
        if (!command.path().contains(" ")) {
            text.append("    local _xfrmctl_program=$words[1]\n");
        }
        text.append("    integer at=${words[(i)("
                        + command.commands().stream()
                                .map(CompletedCommand::name)
                                .collect(Collectors.joining("|"))
                        + ")]}\n")
                .append("    if ((at < CURRENT)); then\n")
                .append("        words=(\"${(@)words[at,-1]}\")\n")
                .append("        ((CURRENT -= at - 1))\n")
                .append("        " + name(command) + "_$words[1]\n")
                .append("        return\n")
                .append("    fi\n");
    }

    private static String option(CompletedOption option) {
        String value = option.value()
                .map(each -> (option.attached() ? "::" : ":") + escaped(option.label()) + ":" + action(each))
                .orElse("");
        String help = "[" + escaped(option.brief()) + "]" + value;
        String star = option.repeats() ? "*" : "";
        String others =
                option.repeats() || option.names().size() == 1 ? "" : "(" + String.join(" ", option.names()) + ")";
        return option.names().stream()
                .map(name -> CompletionShell.quoted(star + others + name + sign(name, option) + help))
                .collect(Collectors.joining(" "));
    }

    /** How a value follows: in the same word or the next; behind an equals sign alone if it may be left out. */
    private static String sign(String name, CompletedOption option) {
        return option.value().isEmpty() ? "" : name.startsWith("--") ? (option.attached() ? "=-" : "=") : "+";
    }

    private static List<String> arguments(CompletedCommand command) {
        List<String> words = new ArrayList<>();
        List<CompletedValue> values = command.arguments();
        String commands = command.commands().isEmpty() ? "" : " _describe command commands";
        if (values.isEmpty() && !commands.isEmpty()) {
            words.add(CompletionShell.quoted("*: :" + commands));
        }
        for (int i = 0; i < values.size(); i++) {
            boolean last = i == values.size() - 1;
            String place = last && command.repeats() ? "*" : Integer.toString(i + 1);
            String action =
                    commands.isEmpty() ? action(values.get(i)) : "{" + commands + ";" + action(values.get(i)) + " }";
            words.add(CompletionShell.quoted(place + ": :" + action));
        }
        return words;
    }

    private static String action(CompletedValue value) {
        if (value instanceof CompletedValue.Words words) {
            return "(" + String.join(" ", words.words()) + ")";
        }
        if (value instanceof CompletedValue.Name name) {
            return " _xfrmctl_names " + name.kind(); // Behind a blank: with these words alone.
        }
        return value instanceof CompletedValue.File
                ? "_files"
                : value instanceof CompletedValue.Directory ? "_files -/" : "";
    }

    /** What would end an explanation. */
    private static String escaped(String text) {
        return text.replaceAll("[\\\\\\[\\]:]", "\\\\$0");
    }
}
