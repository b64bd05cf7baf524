package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --watch} means the same for all that have it. */
class WatchedLooksTest {
    private final Console console = new Console();

    @TempDir
    private Path directory;

    private String file = "";

    @BeforeEach
    void write() {
        file = Definitions.write(directory, "carol.yaml", Definitions.GOOD);
    }

    private String[] words(String command) {
        return command.replace("FILE", file).split(" ");
    }

    @ParameterizedTest
    @CsvSource({
        "status -f FILE",
        "counters -f FILE",
        "flow -f FILE",
        "mtu -f FILE --link-mtu 1500",
        "doctor --seconds 0",
    })
    void inAPipeAnEmptyLineStandsBetweenTwoLooks(String command) {
        String one = console.run(words(command + " --watch=0.1 --count=1")).out();

        assertThat(one).isNotBlank();
        assertThat(console.run(words(command + " --watch=0.1 --count=3")).out().replaceAll(" 0\\.0", "   -"))
                .isEqualTo(one + "\n" + one + "\n" + one);
    }

    @ParameterizedTest
    @CsvSource({
        "status -f FILE,children",
        "counters -f FILE,children",
        "mtu -f FILE --link-mtu 1500,children",
        "doctor --seconds 0,findings",
    })
    void asJsonEachLookIsALine(String command, String member) throws IOException {
        List<String> lines = console.run(words(command + " --json --watch=0.1 --count=2"))
                .out()
                .lines()
                .toList();

        assertThat(lines).hasSize(2);
        JsonNode look = new ObjectMapper().readTree(lines.get(1));
        assertThat(look.get("time").asLong()).isPositive();
        assertThat(look.get(member))
                .isEqualTo(new ObjectMapper()
                        .readTree(console.run(words(command + " --json --watch=0.1 --count=1"))
                                .out())
                        .get(member)
                        .deepCopy());
    }

    @ParameterizedTest
    @ValueSource(strings = {"status -f NONE", "counters -f NONE", "flow -f NONE", "mtu -f NONE", "doctor"})
    void whatFitsNoCommandLineIsRefusedBeforeAnythingIsRead(String command) {
        String line = command.replace("NONE", file + ".none");

        assertRefused(line + " --watch=0", "--watch 0.0 is not in 0.1..86400 seconds");
        assertRefused(line + " --count=2", "--count says how often --watch looks: give both");
        assertRefused(line + " --watch --count=0", "--count 0 is less than 1");
    }

    private void assertRefused(String line, String problem) {
        Console.Result result = console.run(line.split(" "));

        assertThat(result.errors().get(0)).isEqualTo("xfrmctl: " + problem);
        assertThat(result.status()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void theLastLookDecides() {
        assertThat(console.run("doctor", "--seconds", "0", "--watch=0.1", "--count=2")
                        .status())
                .isZero();
        console.run("up", "-f", file);
        console.run("state", "deleteall", "proto", "esp");

        assertThat(console.run("doctor", "--seconds", "0", "--watch=0.1", "--count=2")
                        .status())
                .isEqualTo(ExitCode.CHANGES);
    }

    @Test
    void whatIsNoPartOfALookIsSaidOnce() {
        String[] words = {"doctor", "--seconds", "0", "--probe", "10.1.0.1"};
        Console.Result once = console.run(words);
        assertThat(once.err()).startsWith("xfrmctl: this kernel has no routes");
        List<String> watching = new ArrayList<>(List.of(words));
        watching.addAll(List.of("--watch=0.1", "--count=3"));

        assertThat(console.run(watching.toArray(String[]::new)).err()).isEqualTo(once.err());
    }

    /** As Ctrl-C does. */
    @Test
    void aSignalEndsIt() throws IOException, InterruptedException {
        // Who runs the tests in the background has SIGINT ignored, and so would have the child.
        Process process = new ProcessBuilder(
                        "env",
                        "--default-signal=INT",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "mtu",
                        "-f",
                        file,
                        "--link-mtu",
                        "1500",
                        "--watch=0.1")
                .redirectErrorStream(true)
                .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String first = out.readLine();
        // Two looks at least.
        while (!first.equals(out.readLine())) {}
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

        assertThat(process.waitFor()).isEqualTo(ExitCode.INTERRUPTED);
    }
}
