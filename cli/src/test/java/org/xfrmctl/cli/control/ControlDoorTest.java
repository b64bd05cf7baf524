package org.xfrmctl.cli.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.netlink.sys.PeerCredentials;

/** Whatever comes by a connection, the next one is answered. */
class ControlDoorTest extends OpenDoors {
    @Test
    void theClientPrintsWhatTheCommandPrinted() throws IOException {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        // A lone surrogate stands for a byte that is no text.
        List<String> words = List.of("up", "täglich", "\uD83D\uDE00", "\udc80");

        int exit = ControlClient.ask(socket(PATIENT), words, new PrintWriter(out), new PrintWriter(err));

        assertThat(exit).isEqualTo(4);
        assertThat(out.toString()).isEqualTo(words + "\n");
        assertThat(err.toString()).isEqualTo("for 4\n");
    }

    @Test
    void aLongAnswerComesWholeInShortLines() throws IOException {
        StringWriter out = new StringWriter();
        Path path = socket(PATIENT);

        ControlClient.ask(path, List.of("much"), new PrintWriter(out), new PrintWriter(new StringWriter()));

        assertThat(out.toString()).isEqualTo("0123456789abcdef".repeat(512 * 1024) + "[much]\n");
        assertThat(answer(path, "{\"command\":[\"much\"]}\n").lines()).allMatch(line -> line.length() < 10_000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ~~                                  | it is no JSON object
            garbage                             | it is no JSON (
            {"command":["up"]                   | it is no JSON (
            ["up"]                              | it is no JSON object
            {}                                  | "command" is no array
            {"command":"up"}                    | "command" is no array
            {"command":{"up":"x"}}              | "command" is no array
            {"command":[]}                      | "command" is no array
            {"command":["up",1]}                | a word of "command" is no string
            {"command":["up"],"user":"root"}    | there is no member "user"
            {"command":["up"],"command":["up"]} | it is no JSON (
            {"command":["up"]} {}               | it is no JSON (
            """)
    void whatIsNoRequestIsRefusedWithTheReason(String line, String reason) throws IOException {
        Path path = socket(PATIENT);

        assertThat(answer(path, line + "\n"))
                .startsWith("{\"err\":\"xfrmctl: no request of this protocol: " + reason.replace("\"", "\\\""))
                .endsWith("{\"exit\":64}\n");
        assertAnswers(path);
    }

    @Test
    void deepNestingIsRefused() throws IOException {
        Path path = socket(PATIENT);

        assertThat(answer(path, "[".repeat(60_000) + "\n")).endsWith("{\"exit\":64}\n");
        assertAnswers(path);
    }

    @Test
    void noiseIsRefused() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Path path = socket(PATIENT);
        for (int i = 0; i < 100; i++) {
            byte[] noise = new byte[1 + random.nextInt(2000)];
            random.nextBytes(noise);

            assertThat(answer(path, noise)).as("seed %d, round %d", seed, i).endsWith("{\"exit\":64}\n");
        }
        assertAnswers(path);
    }

    @Test
    void aRequestThatIsTooLongIsRefused() throws IOException {
        Path path = socket(PATIENT);

        assertThat(answer(path, "x".repeat(ControlRequest.LONGEST + 1)))
                .contains("it is longer than 65536 bytes")
                .endsWith("{\"exit\":64}\n");
        // Nobody reads on, so whoever goes on writing is cut off, and finds the answer.
        assertThat(answer(path, new byte[32 * 1024 * 1024])).endsWith("{\"exit\":64}\n");
        assertAnswers(path);
        List<String> words = List.of("x".repeat(ControlRequest.LONGEST));
        assertThatThrownBy(() -> ControlClient.ask(
                        path, words, new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter())))
                .hasMessageContaining("65536 bytes at most");
    }

    @Test
    void halfARequestIsNone() throws IOException {
        Path path = socket(PATIENT);

        assertThat(answer(path, "{\"command\":[\"up\"]}")).contains("the line has no end");
        try (SocketChannel channel = connect(path)) {
            channel.write(ByteBuffer.wrap("{\"comm".getBytes(UTF_8)));
        }
        assertAnswers(path);
    }

    @Test
    void anotherUserIsRefusedAndThatIsToldOnce() throws IOException {
        Path path = socket(PATIENT);
        peer = new PeerCredentials(65534, 65534, List.of(1L));

        for (int i = 0; i < 3; i++) {
            assertThat(answer(path, ""))
                    .contains("user 65534 may not use this control socket")
                    .endsWith("{\"exit\":1}\n");
        }
        assertThat(log).singleElement().asString().startsWith("refused: user 65534");
    }

    @Test
    void rootTheOwnerAndMembersOfTheGroupAreLetIn() throws IOException {
        Path path = socket(PATIENT);
        for (PeerCredentials allowed : List.of(
                OWNER,
                new PeerCredentials(0, 0, List.of()),
                new PeerCredentials(65534, 99, List.of()),
                new PeerCredentials(65534, 65534, List.of(7L, 99L)))) {
            peer = allowed;
            assertAnswers(path);
        }
        assertThat(log).isEmpty();
    }
}
