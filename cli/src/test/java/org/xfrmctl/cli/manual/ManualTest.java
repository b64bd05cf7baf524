package org.xfrmctl.cli.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfrmctl.cli.Main;
import org.xfrmctl.cli.kernel.RunningKernel;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The pages have what the commands have. {@code ManualIT} has mandoc read them. */
class ManualTest {
    private static final List<String> SECTIONS = List.of(
            "NAME",
            "SYNOPSIS",
            "DESCRIPTION",
            "ARGUMENTS",
            "OPTIONS",
            "COMMANDS",
            "EXIT STATUS",
            "FILES",
            "ENVIRONMENT",
            "EXAMPLES",
            "SEE ALSO");
    private static final Pattern SECTION = Pattern.compile("^\\.SH \"(.*)\"$", Pattern.MULTILINE);
    private static final Pattern REFERENCE =
            Pattern.compile("\\\\fB(xfrmctl[^\\\\]*(?:\\\\-[^\\\\]*)*)\\\\fR\\((\\d)\\)");

    /** Nothing is asked of the kernel. */
    private static final CommandSpec PROGRAM =
            Main.commandLine(new RunningKernel()).getCommandSpec();

    private static final Map<String, String> PAGES = new Manual(
                    PROGRAM, Instant.EPOCH.atZone(ZoneOffset.UTC).toLocalDate().toString(), "xfrmctl 1")
            .pages();

    private static Stream<CommandSpec> all(CommandSpec command) {
        return Stream.concat(
                Stream.of(command),
                command.subcommands().values().stream()
                        .map(CommandLine::getCommandSpec)
                        .filter(each -> !each.usageMessage().hidden())
                        .flatMap(ManualTest::all));
    }

    static Stream<String> commands() {
        return all(PROGRAM).map(CommandSpec::qualifiedName);
    }

    private static CommandSpec find(String name) {
        return all(PROGRAM)
                .filter(each -> each.qualifiedName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String page(String command) {
        return PAGES.getOrDefault("man1/" + command.replace(' ', '-') + ".1", "no page");
    }

    private static List<String> matches(Pattern pattern, String page) {
        List<String> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(page);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    @Test
    void thereIsAPageForEachCommandAndOneForDefinitions() {
        assertThat(PAGES).hasSize((int) commands().count() + 1).containsKeys("man1/xfrmctl.1", "man5/xfrmctl.yaml.5");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aPageHasTheSectionsInTheirOrder(String command) {
        List<String> sections = matches(SECTION, page(command));
        List<String> ordered = SECTIONS.stream().filter(sections::contains).toList();

        assertThat(sections)
                .isEqualTo(ordered)
                .contains("NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXIT STATUS", "EXAMPLES", "SEE ALSO");
        assertThat(sections.contains("COMMANDS"))
                .isEqualTo(!find(command).subcommands().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aPageHasEveryOptionAndArgument(String command) {
        String page = page(command);

        find(command).options().stream()
                .filter(option -> !option.hidden())
                .forEach(option -> assertThat(page)
                        .contains(Stream.of(option.names()).map(Roff::bold).toList()));
        find(command).positionalParameters().forEach(each -> assertThat(page).contains(Roff.italic(each.paramLabel())));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void whatAPageRefersToIsThere(String command) {
        Matcher reference = REFERENCE.matcher(page(command));
        List<String> files = new ArrayList<>();
        while (reference.find()) {
            files.add("man" + reference.group(2) + "/" + reference.group(1).replace("\\-", "-") + "."
                    + reference.group(2));
        }

        assertThat(files).isNotEmpty();
        assertThat(PAGES).containsKeys(files.toArray(String[]::new));
    }

    @Test
    void textIsNeverAnInstruction() {
        Roff page = new Roff("x", 1, "2026-11-26", "s");
        page.section("NAME").text(".so /etc/passwd").text("'tis \\fBnot\\fR -x \"q\" …");

        assertThat(page.toString().lines())
                .endsWith("\\&.so /etc/passwd", "\\(aqtis \\efBnot\\efR \\-x \\(dqq\\(dq \\[u2026]");
    }

    @Test
    void theDefinitionPageHasKeysOfAllKinds() {
        assertThat(PAGES.get("man5/xfrmctl.yaml.5"))
                .contains("\\fBlocal_addrs\\fR", "\\fBremote_ts\\fR", "\\fBcpi\\fR", "\\fBderive\\fR", "\\fBif_id\\fR")
                .contains("One of tunnel, transport. Default: tunnel.");
    }
}
