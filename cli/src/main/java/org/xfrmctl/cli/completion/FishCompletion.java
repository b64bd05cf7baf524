package org.xfrmctl.cli.completion;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** For fish: a line for each command, option and argument, with the command that it belongs to as its condition. */
final class FishCompletion {
    private static final String HEAD = """
            # Completion of xfrmctl for fish: xfrmctl completion fish | source

            function __xfrmctl_command --description 'The command that was typed'
                set -l words (commandline -opc)
                set -l path xfrmctl
                for word in $words[2..-1]
                    switch "$path $word"
            """;

    private static final String FOOT = """
                            set path "$path $word"
                    end
                end
                echo $path
            end
            """;

    private FishCompletion() {}

    static String script(CompletedCommand program) {
        String paths = program.all()
                .skip(1)
                .map(command -> quoted(command.path()))
                .collect(Collectors.joining(" ", "            case ", "\n"));
        return HEAD
                + paths.indent(0)
                + FOOT.indent(0)
                + ScriptParts.read("completion.fish")
                + "complete -c xfrmctl -f\n"
                + program.all().flatMap(FishCompletion::lines).collect(Collectors.joining("\n"))
                + "\n";
    }

    private static Stream<String> lines(CompletedCommand command) {
        String begin = "complete -c xfrmctl -n " + quoted("__xfrmctl_is " + command.path());
        return Stream.of(
                        command.commands().stream()
                                .map(each -> begin + " -a " + each.name() + " -d " + quoted(each.summary())),
                        command.options().stream().map(option -> begin + option(option)),
                        argument(command.arguments()).map(argument -> begin + argument))
                .flatMap(lines -> lines);
    }

    private static String option(CompletedOption option) {
        String names = option.names().stream()
                .map(name -> name.startsWith("--")
                        ? " -l " + name.substring(2)
                        : (name.length() == 2 ? " -s " : " -o ") + name.substring(1))
                .collect(Collectors.joining());
        String value = option.value()
                .filter(each -> !option.attached())
                .map(each -> each instanceof CompletedValue.File || each instanceof CompletedValue.Directory
                        ? " -r -F"
                        : " -x" + candidates(each))
                .orElse("");
        return names + value + " -d " + quoted(option.brief());
    }

    /** Fish does not count arguments: any of them may come. */
    private static Stream<String> argument(List<CompletedValue> arguments) {
        return arguments.stream()
                .filter(value -> !(value instanceof CompletedValue.Free))
                .map(value -> value instanceof CompletedValue.File || value instanceof CompletedValue.Directory
                        ? " -F"
                        : candidates(value));
    }

    private static String candidates(CompletedValue value) {
        if (value instanceof CompletedValue.Words words) {
            return " -a " + quoted(String.join(" ", words.words()));
        }
        return value instanceof CompletedValue.Name name
                ? " -a " + quoted("(__xfrmctl_names " + name.kind() + ")")
                : "";
    }

    /** In single quotes fish knows two escapes. */
    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
