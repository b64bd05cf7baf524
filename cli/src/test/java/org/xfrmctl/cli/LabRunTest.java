package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabRunTest {
    private static final String LAB = """
            title: two hosts
            links: { wan: {} }
            hosts:
              a: { addresses: { wan: 10.0.0.1/24 } }
              b: { addresses: { wan: 10.0.0.2/24 } }
            steps:
              - ping: { from: a, to: 10.0.0.2, size: 10 }
                note: nothing is in the way
              - ping: { from: a, to: 10.0.0.3 }
                expect: { received: RECEIVED }
            """;

    private final Console console = new Console();

    @TempDir
    Path directory = Path.of("");

    private Console.Result run(int received, String... options) throws IOException {
        Path lab =
                Files.writeString(directory.resolve("lab.yaml"), LAB.replace("RECEIVED", Integer.toString(received)));
        String[] words = new String[options.length + 3];
        words[0] = "lab";
        words[1] = "run";
        System.arraycopy(options, 0, words, 2, options.length);
        words[words.length - 1] = lab.toString();
        return console.run(words);
    }

    @Test
    void tellsEachStep() throws IOException {
        assertThat(run(0)).isEqualTo(new Console.Result(0, """
                two hosts (userspace kernels, no privileges)

                -- ping from a to 10.0.0.2, 10 data bytes: 1 sent, 1 received
                   nothing is in the way

                -- ping from a to 10.0.0.3, 56 data bytes: 1 sent, 0 received

                ok: 2 steps
                """, ""));
    }

    @Test
    void anExpectationThatIsNotMetFailsTheRun() throws IOException {
        Console.Result result = run(1);

        assertThat(result.status()).isEqualTo(ExitCode.FAILED);
        assertThat(result.out())
                .contains("   FAILED: expected 1 received, got 0\n")
                .endsWith("FAILED: 1 of 2 steps\n");
    }

    @Test
    void capturesMakeTheirDirectory() throws IOException {
        Path pcap = directory.resolve("new").resolve("pcap");

        assertThat(run(0, "--pcap", pcap.toString()).status()).isZero();
        // A pcap header of 24 bytes and both echo packets of 38 bytes after 16 bytes each, and the unanswered one.
        assertThat(Files.size(pcap.resolve("wan.pcap"))).isGreaterThanOrEqualTo(24 + 2 * (16 + 38));
    }

    @Test
    void aFileIsNoDirectoryForCaptures() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThat(run(0, "--pcap", file.toString()))
                .isEqualTo(new Console.Result(
                        ExitCode.FAILED,
                        "",
                        "xfrmctl: " + file + " is no directory\n  name another one with --pcap\n"));
    }

    @Test
    void aDefinitionThatCannotBeReadEndsTheRunAtItsPlace() throws IOException {
        Files.writeString(directory.resolve("lab.yaml"), """
                links: { wan: {} }
                hosts:
                  a: { addresses: { wan: 10.0.0.1/24 }, definition: none.yaml }
                steps:
                  - up: a
                """);

        Console.Result result = console.run("lab", "run", directory.toString());

        assertThat(result.status()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).startsWith(directory.resolve("none.yaml") + ":1:1: there is no such file");
    }
}
