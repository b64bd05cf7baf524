package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
    private final Console console = new Console();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            pln                    | there is no command "pln"; did you mean "plan"? | xfrmctl
            plan --jsn             | there is no option --jsn; did you mean "--json"? | xfrmctl plan
            -s state               | -s stands behind the command, as in "xfrmctl state -s" | xfrmctl
            -4 policy              | -4 stands behind the command, as in "xfrmctl state -4" | xfrmctl
            xfrm state             | "ip xfrm" is left out: "xfrmctl state" is "ip xfrm state" | xfrmctl
            check extra            | unexpected argument "extra" | xfrmctl check
            keygen aes128gcm16 -f x | either -f FILE (make its key files) or PROPOSAL (print one key), not both | xfrmctl keygen
            """)
    void aWrongCommandLineIsOneLineAndWhereToRead(String line, String problem, String command) {
        assertThat(console.run(line.split(" ")))
                .isEqualTo(new Console.Result(
                        ExitCode.USAGE, "", "xfrmctl: " + problem + "\n  see \"" + command + " --help\"\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "lab"})
    void withoutACommandTheyAreListed(String line) {
        Console.Result result = line.isEmpty() ? console.run() : console.run(line);

        assertThat(result.status()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).startsWith("xfrmctl: a command is missing\n").contains("Commands:\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check",
                "plan",
                "up",
                "down",
                "status",
                "counters",
                "mtu",
                "firewall",
                "state",
                "policy",
                "batch",
                "monitor",
                "version",
                "mirror",
                "keygen",
                "lab",
                "completion"
            })
    void everyCommandHasHelp(String command) {
        Console.Result result = console.run(command, "--help");

        assertThat(result.status()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).startsWith("Usage: xfrmctl " + command);
        assertThat(console.run(command, "--version").out()).startsWith("xfrmctl ");
    }

    @ParameterizedTest
    @CsvSource({
        "hom, 'did you mean \"home\"?'",
        "home/nt, 'did you mean \"home/net\"?'",
        "zzzzzz, 'defined are home, home/net'"
    })
    void anUnknownNameIsCorrected(String name, String hint, @TempDir Path directory) {
        String file = Definitions.write(directory, "carol.yaml", Definitions.GOOD);

        Console.Result result = console.run("up", "-f", file, name);

        assertThat(result.status()).isEqualTo(ExitCode.USAGE);
        assertThat(result.errors().get(0))
                .isEqualTo("xfrmctl: no connection or child is named \"" + name + "\"; " + hint);
    }
}
