package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.netlink.Errno;
import picocli.CommandLine;

/** {@code xfrmctl batch} as a person and a program see it. */
class BatchCommandTest {
    private static final String BATCH = """
            # a tunnel with its policy
            xfrm state add src 192.0.2.1 dst 192.0.2.2 proto esp spi 0x1001 reqid 1 mode tunnel \\
              aead rfc4106(gcm(aes)) 0x%s 128
            ip xfrm policy add src 10.1.0.0/16 dst 10.2.0.0/16 dir out \\
              tmpl src 192.0.2.1 dst 192.0.2.2 proto esp reqid 1 mode tunnel

            policy add dir in action block priority 7   # the rest
            """.formatted(Definitions.OUT_KEY);

    private final Console console = new Console();

    @TempDir
    private Path directory;

    private String file = "";

    @BeforeEach
    void name() {
        file = directory.resolve("b").toString();
    }

    private Console.Result run(String text, String... options) {
        Definitions.file(Path.of(file), text);
        String[] words = new String[options.length + 2];
        words[0] = "batch";
        System.arraycopy(options, 0, words, 1, options.length);
        words[words.length - 1] = file;
        return console.run(words);
    }

    @Test
    void allChangesAreMade() {
        assertThat(run(BATCH)).isEqualTo(new Console.Result(0, "", "3 changes, 0 refused\n"));
        assertThat(console.run("policy").out()).isEqualTo("""
                src 0.0.0.0/0 dst 0.0.0.0/0\s
                	dir in action block priority 7 ptype main\s
                src 10.1.0.0/16 dst 10.2.0.0/16\s
                	dir out priority 0 ptype main\s
                	tmpl src 192.0.2.1 dst 192.0.2.2
                		proto esp reqid 1 mode tunnel
                """);
        assertThat(console.run("state", "--show-keys").out())
                .contains("spi 0x00001001", "0x" + Definitions.OUT_KEY + " 128");
    }

    @Test
    void whatIsRefusedIsToldAndTheRestIsMade() {
        Console.Result result = run(BATCH + """
                policy add dir in action allow priority 9
                state delete dst 192.0.2.9 proto esp spi 5
                state add src 192.0.2.3 dst 192.0.2.2 proto esp spi 0x1001 enc cipher_null ""
                policy add dir fwd action block
                """);

        assertThat(result).isEqualTo(new Console.Result(ExitCode.FAILED, "", """
                FILE:8: add policy src 0.0.0.0/0 dst 0.0.0.0/0 dir in action allow priority 9: EEXIST (File exists)
                  in the way: src 0.0.0.0/0 dst 0.0.0.0/0 dir in index 8 action block priority 7
                  a policy with this direction, selector, type, mark and if_id is there already: update it
                FILE:9: delete state dst 192.0.2.9 proto esp spi 0x00000005: ESRCH (No such process)
                  no state has this destination, SPI, protocol and mark; one with a mark must be named with it
                FILE:10: add state src 192.0.2.3 dst 192.0.2.2 proto esp spi 0x00001001 reqid 0 mode transport: \
                EEXIST (File exists)
                  in the way: src 192.0.2.1 dst 192.0.2.2 proto esp spi 0x00001001 reqid 1 mode tunnel
                  a state with this destination, SPI and protocol is there already, under this mark or without one; the \
                source does not tell them apart
                7 changes, 3 refused
                """.replace("FILE", file)));
        assertThat(console.run("policy").out()).contains("dir fwd action block");
    }

    @Test
    void withAProblemNothingIsSent() {
        String before = console.tables();

        assertThat(run(BATCH + "policy add dir up\nstate list\n"))
                .isEqualTo(new Console.Result(ExitCode.FAILED, "", """
                FILE:8:16: found "up"; dir is one of in, out, fwd
                FILE:9:1: this changes nothing, and a batch only sends changes; ask with "xfrmctl state" or "xfrmctl \
                policy"
                nothing was sent
                """.replace("FILE", file)));
        assertThat(console.tables()).isEqualTo(before);
    }

    @Test
    void aDryRunSendsNothing() {
        String before = console.tables();

        assertThat(run(BATCH, "--dry-run")).isEqualTo(new Console.Result(0, "", "3 changes, not sent\n"));
        assertThat(console.tables()).isEqualTo(before);
    }

    @Test
    void anSpiIsToldAsIpPrintsIt() {
        Console.Result result = run("""
                policy flush
                state allocspi src 192.0.2.1 dst 192.0.2.2 proto esp reqid 5 mode tunnel min 0x500 max 0x500
                """);

        assertThat(result.status()).isZero();
        assertThat(result.out()).startsWith("""
                src 192.0.2.1 dst 192.0.2.2
                	proto esp spi 0x00000500 reqid 5 mode tunnel
                """);
        assertThat(console.run("state").out()).contains("spi 0x00000500");
    }

    /** More than go out in one datagram. */
    @Test
    void aLongBatchIsCountedLineByLine() {
        String adds = IntStream.range(0, 300)
                .mapToObj(i -> "policy add dst 10.0." + i % 150 + ".0/24 dir out\n")
                .collect(Collectors.joining());
        Console.Result result = run(adds);

        assertThat(result.errors()).endsWith("300 changes, 150 refused");
        assertThat(result.errors().stream().filter(line -> line.startsWith(file)))
                .hasSize(150)
                .startsWith(
                        file + ":151: add policy src 0.0.0.0/0 dst 10.0.0.0/24 dir out action allow priority 0:"
                                + " EEXIST (File exists)",
                        file + ":152: add policy src 0.0.0.0/0 dst 10.0.1.0/24 dir out action allow priority 0:"
                                + " EEXIST (File exists)");
    }

    @Test
    void withoutThePrivilegeOneRefusalTellsItAll() {
        console.between(kernel -> new RefusingTransport(kernel, 1, Errno.EPERM, Optional.empty()));

        assertThat(run("# one change\npolicy flush\n").errors())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .endsWith("b:2: flush policies type main: EPERM (Operation not permitted)"),
                        line -> assertThat(line).contains("no CAP_NET_ADMIN here"),
                        line -> assertThat(line).isEqualTo("stopped after 0 of 1 change"));
    }

    @Test
    void programsAreToldOfAStopToo() throws JsonProcessingException {
        console.between(kernel -> new RefusingTransport(kernel, 1, Errno.EPERM, Optional.empty()));

        Console.Result result = run("policy flush\n", "--json");
        JsonNode stopped = new ObjectMapper().readTree(result.out()).get("stopped");
        assertThat(stopped.get("after").asInt()).isZero();
        assertThat(stopped.get("line").asInt()).isEqualTo(1);
        assertThat(stopped.get("error").asText()).isEqualTo("EPERM");
        assertThat(result.status()).isEqualTo(ExitCode.FAILED);
        assertThat(result.errors()).containsExactly("stopped after 0 of 1 change");
    }

    @Test
    void aByteOrderMarkIsNoWord() {
        assertThat(run("\ufeffpolicy add dir in\n").err()).isEqualTo("1 change, 0 refused\n");
    }

    @Test
    void aDirectoryIsNamed(@TempDir Path directory) {
        assertThat(console.run("batch", directory.toString()).err())
                .isEqualTo("xfrmctl: " + directory + ": Is a directory\n");
    }

    @Test
    void standardInputIsAFile() {
        StringWriter err = new StringWriter();
        byte[] text = "policy ad dir in\npolicy add dir\n".getBytes(StandardCharsets.UTF_8);
        int status = new CommandLine(new BatchCommand(
                        () -> {
                            throw new AssertionError("a dry run opens no kernel");
                        },
                        new ByteArrayInputStream(text)))
                .setErr(new PrintWriter(err))
                .execute("--dry-run", "-");

        assertThat(status).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).isEqualTo("""
                stdin:2:15: the command ends after "dir"; dir is in, out or fwd
                nothing was sent
                """);
    }

    @Test
    void keysMayStandInFilesBesideTheBatch() {
        Definitions.file(directory.resolve("carol.key"), Definitions.OUT_KEY);
        String text = "state add dst 192.0.2.2 proto esp spi 5 aead rfc4106(gcm(aes)) @carol.key 128\n";

        Console.Result open = run(text);
        Definitions.mode(directory.resolve("carol.key"), "rw-------");
        Console.Result closed = run(text);

        assertThat(open.status()).isEqualTo(ExitCode.FAILED);
        assertThat(open.errors().get(0))
                .startsWith(file + ":1:64: secret \"@carol.key\" (file ")
                .contains("others than its owner have access", "chmod 600");
        assertThat(closed.err()).isEqualTo("1 change, 0 refused\n");
        assertThat(console.run("state", "--show-keys").out()).contains("0x" + Definitions.OUT_KEY + " 128");
    }

    @ParameterizedTest
    @CsvSource({
        "state ad dst ::1 proto esp spi 5 aead X @nothere 128, does not exist",
        "\u00ff, 'found a word of 1 char'"
    })
    void whatCannotBeUsedIsNamed(String text, String problem) {
        assertThat(run(text).errors().get(0)).startsWith(file + ":1:").contains(problem);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThat(console.run("batch", file).errors())
                .containsExactly("xfrmctl: " + file + ": there is no such file or directory");
    }

    private JsonNode json(String text, String... options) throws JsonProcessingException {
        return new ObjectMapper().readTree(run(text, options).out());
    }

    @Test
    void whatBecameOfItIsTellableToPrograms() throws JsonProcessingException {
        JsonNode report =
                json(BATCH + "policy add dir in\nstate allocspi dst 192.0.2.2 proto esp min 5 max 5\n", "--json");

        assertThat(report).isEqualTo(new ObjectMapper().readTree("""
                {"file": "%s", "sent": true, "changes": 5,
                 "refused": [{"line": 8,
                   "request": "add policy src 0.0.0.0/0 dst 0.0.0.0/0 dir in action allow priority 0",
                   "errno": 17, "error": "EEXIST",
                   "message": "add policy src 0.0.0.0/0 dst 0.0.0.0/0 dir in action allow priority 0: EEXIST (File exists)",
                   "advice": ["in the way: src 0.0.0.0/0 dst 0.0.0.0/0 dir in index 8 action block priority 7",
                     "a policy with this direction, selector, type, mark and if_id is there already: update it"]}],
                 "allocated": [{"line": 9, "src": "0.0.0.0", "dst": "192.0.2.2", "proto": "esp",
                   "spi": "0x00000005", "reqid": 0, "mode": "transport"}]}
                """.formatted(file)));
        assertThat(json(BATCH, "--json", "--dry-run")).isEqualTo(new ObjectMapper().readTree("""
                        {"file": "%s", "sent": false, "changes": 3}
                        """.formatted(file)));
        assertThat(json("policy add dir up", "--json")).isEqualTo(new ObjectMapper().readTree("""
                        {"file": "%s", "sent": false, "problems":
                          [{"line": 1, "column": 16, "problem": "found \\"up\\"; dir is one of in, out, fwd"}]}
                        """.formatted(file)));
    }
}
