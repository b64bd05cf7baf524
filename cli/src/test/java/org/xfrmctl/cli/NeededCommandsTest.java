package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.cli.kernel.Kernel;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** A program that has made only the command which its first word names says what the whole program says. */
class NeededCommandsTest {
    private final Kernel kernel = new Console().kernel();
    private final CommandLine whole = Main.commandLine(kernel);

    static List<String> names() {
        return Commands.NAMES;
    }

    private static String run(CommandLine line, String... words) {
        StringWriter said = new StringWriter();
        PrintWriter both = new PrintWriter(said, true);
        int status = line.setOut(both).setErr(both).execute(words);
        return status + "\n" + said;
    }

    private String runNeeded(String... words) {
        return run(Main.commandLine(kernel, List.of(words)), words);
    }

    @Test
    void theWholeProgramHasAllInTheirOrder() {
        assertThat(whole.getSubcommands().keySet()).containsExactlyElementsOf(Commands.NAMES);
    }

    @ParameterizedTest
    @MethodSource("names")
    void aCommandStandsUnderItsOwnName(String name) {
        assertThat(Commands.make(name, kernel).getCommandName()).isEqualTo(name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void itsHelpIsThatOfTheWholeProgram(String name) {
        assertThat(runNeeded(name, "--help"))
                .isEqualTo(run(whole, name, "--help"))
                .contains("xfrmctl " + name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void allOfItIsTheSame(String name) {
        CommandSpec alone = specOf(Main.commandLine(kernel, List.of(name)), name);

        assertThat(described(alone)).isEqualTo(described(specOf(whole, name)));
    }

    private static CommandSpec specOf(CommandLine program, String name) {
        return Objects.requireNonNull(program.getSubcommands().get(name)).getCommandSpec();
    }

    /** Options with what they take, and those of the commands below. */
    private static String described(CommandSpec spec) {
        StringBuilder all = new StringBuilder(spec.qualifiedName()).append('\n');
        spec.options()
                .forEach(option -> all.append(option)
                        .append(' ')
                        .append(List.of(option.names()))
                        .append(option.paramLabel())
                        .append(option.arity())
                        .append(option.scopeType())
                        .append('\n'));
        spec.positionalParameters()
                .forEach(each ->
                        all.append(each.paramLabel()).append(each.arity()).append('\n'));
        spec.subcommands().values().forEach(each -> all.append(described(each.getCommandSpec())));
        return all.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--version",
                "-V",
                "--help",
                "help",
                "help status",
                "help mtu",
                "completion",
                "plan --jsn",
                "plan --jsn status",
                "check status",
                "check help",
                "pln",
                "stat",
                "-s state",
                "xfrm state",
                "--version plan",
                "--trace version",
                "--trce version",
                "version --trace",
                "version --version",
                "mtu probe --help",
                "mtu prob",
                "interface",
                "interface status --help",
                "interface --version",
                "ask",
                "lab run"
            })
    void whatIsSaidIsThatOfTheWholeProgram(String line) {
        assertThat(runNeeded(line.split(" "))).isEqualTo(run(whole, line.split(" ")));
    }

    @Test
    void withoutWordsTheyAreAllListed() {
        assertThat(runNeeded()).isEqualTo(run(whole)).contains(Commands.NAMES);
    }

    @Test
    void oneCommandIsMadeForItsName() {
        assertThat(Commands.neededFor(List.of("status", "--json"))).containsExactly("status");
        assertThat(Commands.neededFor(List.of("--version"))).isEmpty();
    }

    @Test
    void anotherNameIsNoCommand() {
        assertThatThrownBy(() -> Commands.make("stat", kernel))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("stat is none of [check, ");
    }
}
