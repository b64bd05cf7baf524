package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfrmctl.cli.help.CommandGroup;
import org.xfrmctl.cli.help.Example;
import org.xfrmctl.cli.help.HelpPages;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What every command says of itself. */
class HelpTest {
    private static final Console CONSOLE = new Console();

    /** All of them, by what is typed. */
    static Stream<String> commands() {
        return all(program()).map(CommandSpec::qualifiedName).filter(name -> name.contains(" "));
    }

    private static CommandSpec program() {
        return Main.commandLine(CONSOLE.kernel()).getCommandSpec();
    }

    private static Stream<CommandSpec> all(CommandSpec command) {
        return Stream.concat(
                Stream.of(command),
                command.subcommands().values().stream()
                        .map(CommandLine::getCommandSpec)
                        .flatMap(HelpTest::all));
    }

    private static CommandSpec find(String name) {
        return all(program())
                .filter(each -> each.qualifiedName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String[] words(String name, String more) {
        return (name.replaceFirst("^xfrmctl ?", "") + more).strip().split(" ");
    }

    @Test
    void everyCommandStandsInOneGroup() {
        List<String> grouped = Stream.of(CommandGroup.values())
                .flatMap(group -> group.commands().stream())
                .toList();
        List<String> shown = program().subcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(each -> !each.usageMessage().hidden())
                .map(CommandSpec::name)
                .toList();

        assertThat(grouped).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(shown);
        assertThat(CONSOLE.run("--help").out())
                .contains("\n  Find out what is wrong:\n    doctor ")
                .doesNotContain("\n    names ");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpFitsATerminalAndEndsWithExamples(String command) {
        Console.Result help = CONSOLE.run(words(command, " --help"));

        assertThat(help.status()).isZero();
        assertThat(help.out().lines())
                .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(80))
                .contains("Exit status:", "Examples:");
        assertThat(help.out()).startsWith("Usage: " + command);
        assertThat(HelpPages.summary(find(command).usageMessage()))
                .isNotEmpty()
                .doesNotEndWith(".")
                .hasSizeLessThanOrEqualTo(64);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void examplesAreOfTheCommandAndCanBeRead(String command) {
        List<Example> examples = Example.of(find(command));

        assertThat(examples)
                .hasSizeLessThanOrEqualTo(4)
                .anyMatch(example -> example.command().contains(command));
        examples.forEach(example ->
                Main.commandLine(CONSOLE.kernel()).parseArgs(example.words().toArray(String[]::new)));
    }

    /** Words of other languages are read by the command and not by its options. */
    @ParameterizedTest
    @MethodSource("commands")
    void examplesOfOtherLanguagesCanBeReadToo(String command) {
        if (List.of("xfrmctl state", "xfrmctl policy", "xfrmctl explain").contains(command)) {
            assertThat(Example.of(find(command)))
                    .allSatisfy(example -> assertThat(
                                    CONSOLE.run(example.words().toArray(String[]::new))
                                            .status())
                            .isNotEqualTo(ExitCode.USAGE));
        }
    }
}
