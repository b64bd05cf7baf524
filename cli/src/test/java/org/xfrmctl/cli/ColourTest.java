package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColourTest {
    private static final String RED = "\033[31m";
    private static final String GREEN = "\033[32m";
    private static final String BOLD = "\033[1m";
    private static final String OFF = "\033[0m";

    private final Console console = new Console();

    @TempDir
    private Path directory;

    private String file = "";

    @BeforeEach
    void write() {
        file = Definitions.write(directory, "carol.yaml", Definitions.GOOD);
    }

    private String out(String command) {
        return console.run(command.replace("FILE", file).split(" ")).out();
    }

    private static String plain(String text) {
        return text.replaceAll("\033\\[[0-9]+m", "");
    }

    /** Before anything is up, when much is wrong. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "status -f FILE",
                "plan -f FILE",
                "counters -f FILE",
                "flow -f FILE",
                "mtu -f FILE --link-mtu 1500",
                "doctor --seconds 0",
                "explain --link-mtu 1500 10.1.0.10 10.2.0.10",
            })
    void coloursChangeNothingElseAndAreOnlyWhereTheyAreAskedFor(String command) {
        String never = out(command + " --color=never");
        String always = out(command + " --color=always");

        assertThat(never).isNotBlank().doesNotContain("\033").isEqualTo(out(command));
        assertThat(always).contains("\033[");
        assertThat(plain(always)).isEqualTo(never);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status -f FILE",
                "plan -f FILE",
                "counters -f FILE",
                "mtu -f FILE --link-mtu 1500",
                "doctor --seconds 0",
                "explain --link-mtu 1500 10.1.0.10 10.2.0.10",
            })
    void jsonHasNone(String command) {
        assertThat(out(command + " --json --color=always")).isNotBlank().doesNotContain("\033");
    }

    @Test
    void theyMeanTheSameEverywhere() {
        assertThat(out("status --color=always -f FILE"))
                .startsWith(BOLD + "home/net" + OFF + ": " + RED + "DOWN" + OFF + ", ");
        assertThat(out("flow --color=always -f FILE")).contains(RED + "ESP is missing" + OFF);
        assertThat(out("plan --color=always -f FILE")).startsWith(GREEN + "+ policy ");
        console.run("up", "-f", file);

        assertThat(out("status --color=always -f FILE")).contains(GREEN + "UP" + OFF);
        assertThat(out("counters --color=always --all --watch=0.1 --count=2"))
                .contains("\n" + BOLD + "192.168.0.100 - 192.168.0.1, reqid 1485885271" + OFF + "\n");
        assertThat(out("explain --color=always --link-mtu 1500 192.168.0.100 10.1.0.10"))
                .contains(GREEN + "passes, protected");
    }

    /** Rows: NO_COLOR, CLICOLOR_FORCE, CLICOLOR, TERM; "-" is not set. */
    @ParameterizedTest
    @CsvSource({
        "-, -, -, xterm, true, true",
        "-, -, -, xterm, false, false",
        "-, -, -, dumb, true, false",
        "-, -, -, -, true, false",
        "'', -, -, xterm, true, true",
        "1, -, -, xterm, true, false",
        "1, 1, -, xterm, true, false",
        "-, 1, -, dumb, false, true",
        "-, 0, -, xterm, false, false",
        "-, -, 0, xterm, true, false",
        "-, 1, 0, xterm, false, true",
    })
    void theEnvironmentDecidesWhereTheCommandLineDoesNot(
            String no, String force, String cli, String term, boolean terminal, boolean coloured) {
        Map<String, String> environment =
                new HashMap<>(Map.of("NO_COLOR", no, "CLICOLOR_FORCE", force, "CLICOLOR", cli, "TERM", term));
        environment.values().removeIf("-"::equals);

        assertThat(ColourOptions.isUsual(environment, terminal)).isEqualTo(coloured);
    }
}
