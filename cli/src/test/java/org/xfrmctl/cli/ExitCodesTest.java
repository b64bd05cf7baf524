package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of exit codes in the README, provoked. */
class ExitCodesTest {
    private static final Pattern ROW = Pattern.compile("^\\| ([0-9, ]+) \\|", Pattern.MULTILINE);

    private final Console console = new Console();

    @TempDir
    private Path directory;

    @BeforeEach
    void write() {
        Definitions.write(directory, "carol.yaml", Definitions.GOOD);
        Definitions.file(directory.resolve("swan"), ImportCommandTest.SWANCTL);
        Definitions.file(directory.resolve("dump"), ImportCommandTest.DUMP);
        Definitions.write(directory, "bad.yaml", Definitions.GOOD.replace("tunnel", "tunel"));
    }

    /** FILE is a definition, BAD one with a mistake, GONE nothing, DIR a directory that is not empty, FULL a file. SWAN, DUMP are
     * to be imported. */
    private String[] words(String line) {
        return line.replace("FILE", directory.resolve("carol.yaml").toString())
                .replace("BAD", directory.resolve("bad.yaml").toString())
                .replace("GONE", directory.resolve("gone").toString())
                .replace("SWAN", directory.resolve("swan").toString())
                .replace("DUMP", directory.resolve("dump").toString())
                .replace("DIR", directory.toString())
                .replace("FULL", directory.resolve("carol-moon.key").toString())
                .split(" ");
    }

    static Stream<String> commands() {
        return HelpTest.commands();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void anOptionThatIsNoneIsAWrongCommandLineOfEveryCommand(String command) {
        String[] words = (command.substring("xfrmctl ".length()) + " --no-such-option").split(" ");

        Console.Result result = console.run(words);

        assertThat(result.status()).isEqualTo(ExitCode.USAGE);
        assertThat(result.out()).isEmpty();
        // What has to be there is asked for first.
        assertThat(result.err())
                .matches("(?s)xfrmctl: (there is no option --no-such-option|Missing required [^\n]*)\n  see \""
                        + command
                        + " --help\"\n|xfrmctl: a command is missing\n\nUsage: xfrmctl ask .*");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            check -f FILE                                 | 0
            check -f BAD                                  | 1
            check -f GONE                                 | 1
            plan -f FILE                                  | 2
            plan -f BAD                                   | 1
            plan -f FILE nobody                           | 64
            up -f BAD                                     | 1
            up -f FILE nobody                             | 64
            up -f FILE --wait=-1                          | 64
            down -f GONE                                  | 1
            down -f FILE nobody                           | 64
            apply -f BAD                                  | 1
            lockdown -f FILE nobody                       | 64
            trap -f FILE nobody                           | 64
            rekey -f FILE                                 | 64
            rekey -f FILE nobody                          | 64
            rekey -f FILE --phase finish --drain=-1       | 64
            rekey -f FILE --phase finish --drain 0        | 1
            watch -f FILE --poll=0                        | 64
            watch -f GONE                                 | 1
            ask status                                    | 1
            health                                        | 1
            health --netlink-socket GONE                  | 1
            health --netlink-socket GONE --control GONE   | 64
            interface up -f FILE --dry-run                | 1
            interface up -f FILE nobody                   | 64
            interface down -f GONE                        | 1
            interface status -f FILE nobody               | 64
            status -f FILE                                | 0
            status -f BAD                                 | 1
            status -f FILE nobody                         | 64
            status -f FILE --watch=0                      | 64
            counters -f FILE nobody                       | 64
            counters -f GONE                              | 1
            flow -f FILE nobody                           | 64
            flow -f GONE                                  | 1
            doctor                                        | 0
            doctor --from GONE                            | 1
            doctor --from DIR --watch                     | 64
            mtu -f FILE --link-mtu 1500                   | 0
            mtu -f FILE                                   | 1
            mtu -f FILE --link-mtu 1500 nobody            | 64
            mtu probe -f FILE nobody                      | 64
            mtu probe --to 10.1.0.10                      | 1
            explain --link-mtu 1500 10.1.0.1 10.2.0.1     | 0
            explain --link-mtu 1500 --from GONE ::1 ::2   | 1
            explain --link-mtu 1500 ::1 10.2.0.1          | 64
            snapshot DIR                                  | 1
            firewall -f FILE                              | 0
            firewall -f GONE                              | 1
            firewall -f FILE nobody                       | 64
            firewall --install --remove                   | 64
            state list                                    | 0
            state get src ::1 dst ::2 proto esp spi 1     | 1
            state frobnicate                              | 64
            policy get dir in index 8                     | 1
            policy list dir sideways                      | 64
            batch GONE                                    | 1
            batch --dry-run BAD                           | 1
            monitor --file GONE                           | 1
            monitor everything                            | 64
            version                                       | 0
            version extra                                 | 64
            mirror -f GONE                                | 1
            mirror extra                                  | 64
            import SWAN                                   | 2
            import DUMP                                   | 0
            import --format ipsec SWAN                    | 1
            import FILE                                   | 1
            import GONE                                   | 1
            import --keys-to DIR SWAN                     | 64
            import --local left SWAN                      | 64
            import --keys some SWAN                       | 64
            keygen -f FILE                                | 0
            keygen -f BAD                                 | 1
            keygen 0                                      | 64
            lab run GONE                                  | 1
            lab run --backend moon GONE                   | 64
            daemon --netlink-socket GONE/socket           | 1
            daemon --netlink-socket GONE --device moon    | 64
            ping --netlink-socket GONE 10.1.0.1           | 1
            ping --netlink-socket GONE moon               | 64
            completion fish                               | 0
            completion tcsh                               | 64
            manual FULL                                   | 1
            names -f FILE                                 | 0
            names -f BAD                                  | 1
            help plan                                     | 0
            help moon                                     | 64
            moon                                          | 64
            """)
    void aCommandEndsWith(String line, int code) {
        Console.Result result = console.run(words(line.strip()));

        assertThat(result.status()).as(result.err()).isEqualTo(code);
        if (code == ExitCode.FAILED || code == ExitCode.USAGE) {
            assertThat(result.err()).isNotBlank().doesNotContain("defect", "Exception");
        }
    }

    @Test
    void theReadmeHasThemAll() throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));
        String table = readme.substring(readme.indexOf("## Exit codes"), readme.indexOf("## More"));
        List<String> codes = new ArrayList<>();
        Matcher row = ROW.matcher(table);
        while (row.find()) {
            codes.addAll(List.of(row.group(1).split(", ")));
        }

        assertThat(codes)
                .containsExactly(Stream.of(
                                ExitCode.DONE,
                                ExitCode.FAILED,
                                ExitCode.CHANGES,
                                ExitCode.USAGE,
                                ExitCode.INTERRUPTED,
                                ExitCode.TERMINATED)
                        .map(Object::toString)
                        .toArray(String[]::new));
        assertThat(console.run("--help").out()).contains(codes);
    }
}
