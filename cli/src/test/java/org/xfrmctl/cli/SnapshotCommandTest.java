package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotCommandTest {
    private final Console console = new Console();

    @TempDir
    private Path directory;

    private Path saved = Path.of("");

    @BeforeEach
    void up() {
        saved = directory.resolve("moon");
        String file = Definitions.write(directory, "carol.yaml", Definitions.GOOD);
        assertThat(console.run("up", "-f", file).status()).isZero();
    }

    private Console.Result snapshot() {
        return console.run("snapshot", saved.toString());
    }

    private static Console.Result elsewhere(String... words) {
        return new Console().run(words);
    }

    @Test
    void itSaysWhatItHasWritten() throws IOException {
        assertThat(snapshot())
                .isEqualTo(
                        new Console.Result(0, saved + ": states.json policies.json defaults.json manifest.json\n", ""));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(saved)))
                .isEqualTo("rwx------");
    }

    @Test
    void noKeyIsInAnyFile() throws IOException {
        snapshot();

        List<String> keys = Stream.of("carol-moon.key", "moon-carol.key")
                .map(directory::resolve)
                .map(SnapshotCommandTest::read)
                .map(text -> text.strip().replaceFirst("^0x", ""))
                .toList();
        // They are what the kernel has, and what would be printed.
        assertThat(console.run("state", "--show-keys", "--json").out()).contains(keys);
        try (Stream<Path> files = Files.list(saved)) {
            assertThat(files.map(SnapshotCommandTest::read))
                    .isNotEmpty()
                    .allSatisfy(text -> assertThat(text)
                            .doesNotContainIgnoringCase(keys.get(0))
                            .doesNotContainIgnoringCase(keys.get(1))
                            .doesNotContain("\"key\""));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.168.0.100 10.1.0.10", "--in 10.1.0.10 192.168.0.100", "--fwd 10.1.0.10 192.168.0.100"})
    void itIsExplainedAsThere(String packet) {
        snapshot();
        String[] here = ("explain --link-mtu 1500 " + packet).split(" ");
        String[] there = ("explain --link-mtu 1500 --from " + saved + " " + packet).split(" ");

        assertThat(elsewhere(there)).isEqualTo(console.run(here));
    }

    @Test
    void whatIsThereIsNotMixedWithOtherThings() throws IOException {
        Files.createDirectory(saved);
        Files.writeString(saved.resolve("notes"), "");

        Console.Result result = snapshot();

        assertThat(result.status()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err())
                .isEqualTo(
                        "xfrmctl: " + saved + ": is not empty\n  name a directory that is, or that is not there yet\n");
        assertThat(saved).isDirectoryContaining("glob:**notes");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            manifest.json |                                | : has no manifest.json
            manifest.json | {"format": 2, "program": "x"}  | /manifest.json: format 2 is not 1
            states.json   | [                              | /states.json: line 1 is no JSON: .*
            states.json   | [{"src": "10.1.0.1"}]          | /states.json: element 0: "dst" is missing, or no text
            policies.json | [{"sel": {}, "dir": "up"}]     | /policies.json: element 0: dir "up" is no direction of a policy
            """)
    void whatCannotBeReadIsTold(String file, String content, String problem) throws IOException {
        snapshot();
        Path spoiled = saved.resolve(file);
        if (content == null) {
            Files.delete(spoiled);
        } else {
            Files.writeString(spoiled, content);
        }

        Console.Result result = elsewhere("explain", "--from", saved.toString(), "10.1.0.10", "192.168.0.100");

        assertThat(result.status()).isEqualTo(ExitCode.FAILED);
        assertThat(result.errors()).hasSize(2);
        assertThat(result.errors().get(0)).matches("xfrmctl: \\Q" + saved + "\\E" + problem);
    }
}
