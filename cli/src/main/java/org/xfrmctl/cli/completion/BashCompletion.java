package org.xfrmctl.cli.completion;

import java.util.List;
import java.util.stream.Collectors;

/** For bash 4.4 or newer: a table of the commands, and a function that reads it. */
final class BashCompletion {
    /** {@code source <(xfrmctl completion)} is for zsh as well. */
    private static final String HEAD = """
            # Completion of xfrmctl for bash: source <(xfrmctl completion)

            if [ -n "${ZSH_VERSION-}" ]; then
                source <(xfrmctl completion zsh)
                return
            fi

            # Sets what can follow the command $1: its commands and options; what options take (values), and what its arguments
            # are, the last of which may be repeated. What is not a list of words begins with @.
            _xfrmctl_command() {
                case $1 in
            """;

    private BashCompletion() {}

    static String script(CompletedCommand program) {
        return HEAD
                + program.all().map(BashCompletion::entry).collect(Collectors.joining())
                + "    esac\n}\n"
                + ScriptParts.read("completion.bash");
    }

    private static String entry(CompletedCommand command) {
        List<String> arguments =
                command.arguments().stream().map(BashCompletion::kind).toList();
        String last = command.repeats() ? arguments.get(arguments.size() - 1) : "";
        return "    " + CompletionShell.quoted(command.path()) + ")\n"
                + set(
                        "commands",
                        command.commands().stream().map(CompletedCommand::name).toList())
                + set(
                        "options",
                        command.options().stream()
                                .flatMap(option -> option.names().stream())
                                .toList())
                + set(
                        "values",
                        command.options().stream()
                                .flatMap(option -> values(option).stream())
                                .toList())
                + set("arguments", arguments)
                + set("last", last.isEmpty() ? List.of() : List.of(last))
                + "        ;;\n";
    }

    private static String set(String variable, List<String> words) {
        return "        " + variable + "=" + (words.isEmpty() ? "" : CompletionShell.quoted(String.join(" ", words)))
                + "\n";
    }

    /** A value that may be left out is not waited for. */
    private static List<String> values(CompletedOption option) {
        return option.value().filter(value -> !option.attached()).stream()
                .flatMap(value -> option.names().stream().map(name -> name + "=" + kind(value)))
                .toList();
    }

    private static String kind(CompletedValue value) {
        if (value instanceof CompletedValue.Words words) {
            return String.join(",", words.words());
        }
        if (value instanceof CompletedValue.Name name) {
            return "@" + name.kind();
        }
        return value instanceof CompletedValue.File
                ? "@files"
                : value instanceof CompletedValue.Directory ? "@directories" : "@free";
    }
}
