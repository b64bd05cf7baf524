package org.xfrmctl.cli.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.netlink.sys.PeerCredentials;
import org.xfrmctl.netlink.sys.StreamListener;

/** Whatever comes by a connection, the next one is answered. */
@Timeout(60)
class ControlDoorTest {
    private static final long SOMEBODY = 4711;
    private static final PeerCredentials OWNER = new PeerCredentials(SOMEBODY, SOMEBODY, List.of());
    /** As many as usual, but however busy the machine is. */
    private static final ControlLimits PATIENT =
            new ControlLimits(Duration.ofMinutes(1), Duration.ofMinutes(1), 16, 240);

    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Executor THREADS = work -> {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
    };

    @TempDir
    private Path directory;

    private final List<String> log = new CopyOnWriteArrayList<>();
    private final List<ControlDoor> doors = new ArrayList<>();
    private volatile PeerCredentials peer = OWNER;
    private volatile boolean isDefect;

    /** Says what it was asked, and keeps those who ask for {@code wait} waiting. */
    private final CountDownLatch release = new CountDownLatch(1);

    private final CountDownLatch begun = new CountDownLatch(1);

    private int command(List<String> words, PrintWriter out, PrintWriter err) {
        if (words.get(0).equals("wait")) {
            begun.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (words.get(0).equals("much")) {
            long times = words.stream().filter("much"::equals).count();
            for (long i = 0; i < times * times; i++) {
                out.print("0123456789abcdef".repeat(512 * 1024));
            }
        }
        out.println(words);
        err.println("for " + words.size());
        return words.size();
    }

    private PeerCredentials peer() {
        if (isDefect) {
            throw new IllegalStateException("a defect");
        }
        return peer;
    }

    private Path socket(ControlLimits limits) throws IOException {
        Path path = directory.resolve("control" + doors.size());
        ControlDoor door = new ControlDoor(
                StreamListener.at(path),
                new ControlAccess(SOMEBODY, OptionalLong.of(99)),
                connection -> peer(),
                limits,
                this::command,
                log::add);
        doors.add(door);
        THREADS.execute(() -> {
            try {
                door.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return path;
    }

    @AfterEach
    void close() throws InterruptedException {
        release.countDown();
        for (ControlDoor door : doors) {
            door.close();
            door.awaitEnd(Duration.ofSeconds(20));
        }
    }

    private static SocketChannel connect(Path path) throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(path));
    }

    /** What comes, to the end. Where a request was not read to its own end, that is a reset. */
    private static String all(SocketChannel channel) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(8192);
        try {
            while (channel.read(buffer) >= 0) {
                bytes.write(buffer.array(), 0, buffer.position());
                buffer.clear();
            }
        } catch (IOException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
        return bytes.toString(UTF_8);
    }

    /** What is answered to bytes after which nothing comes. */
    private static String answer(Path path, byte[] request) throws IOException {
        try (SocketChannel channel = connect(path)) {
            send(channel, ByteBuffer.wrap(request));
            return all(channel);
        }
    }

    /** Who is turned away may find that nobody reads; the answer is there all the same. */
    private static void send(SocketChannel channel, ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.shutdownOutput();
        } catch (IOException answered) {
            assertThat(answered).hasMessageContaining("Broken pipe");
        }
    }

    private static String answer(Path path, String request) throws IOException {
        return answer(path, request.getBytes(UTF_8));
    }

    private static void assertAnswers(Path path) throws IOException {
        assertThat(answer(path, "{\"command\":[\"a\",\"b\"]}\n"))
                .isEqualTo("{\"out\":\"[a, b]\\n\"}\n{\"err\":\"for 2\\n\"}\n{\"exit\":2}\n");
    }

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
    void whoSaysNothingIsNotWaitedForForever() throws IOException {
        Path path = socket(new ControlLimits(SHORT, SHORT, 1, 10));
        try (SocketChannel silent = connect(path)) {
            // The only one at work is the one who waits for it.
            assertThat(all(silent)).contains("no whole line came within").endsWith("{\"exit\":64}\n");
        }
    }

    @Test
    void whoDoesNotTakeTheAnswerHoldsUpNobody() throws IOException {
        Path path = socket(new ControlLimits(Duration.ofSeconds(20), SHORT, 1, 10));
        try (SocketChannel deaf = connect(path)) {
            deaf.write(ByteBuffer.wrap("{\"command\":[\"much\"]}\n".getBytes(UTF_8)));

            assertAnswers(path);
            assertThat(all(deaf)).isNotEmpty().doesNotContain("exit");
        }
    }

    @Test
    void twoHundredAtOnceAreAnswered() throws IOException {
        Path path = socket(PATIENT);
        List<SocketChannel> clients = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX);
            client.connect(UnixDomainSocketAddress.of(path));
            clients.add(client);
        }
        for (int i = 0; i < 200; i++) {
            clients.get(i).write(ByteBuffer.wrap(("{\"command\":[\"number\",\"" + i + "\"]}\n").getBytes(UTF_8)));
        }
        for (int i = 0; i < 200; i++) {
            assertThat(all(clients.get(i)))
                    .startsWith("{\"out\":\"[number, " + i + "]\\n\"}")
                    .endsWith("{\"exit\":2}\n");
            clients.get(i).close();
        }
    }

    @Test
    void moreThanCanWaitAreToldSo() throws IOException, InterruptedException {
        Path path = socket(new ControlLimits(Duration.ofSeconds(20), Duration.ofSeconds(20), 1, 1));
        CompletableFuture<String> working = asking(path, "wait");
        begun.await();
        CompletableFuture<String> next = asking(path, "next");
        CompletableFuture<String> another = asking(path, "another");

        // One of the two waits; whichever it is, the other is turned away at once.
        Object refused = CompletableFuture.anyOf(next, another).join();
        assertThat(refused)
                .asString()
                .contains("busy: 1 requests are at work and 1 wait")
                .endsWith("{\"exit\":1}\n");
        release.countDown();
        assertThat(List.of(working.join(), next.join(), another.join()))
                .filteredOn(answer -> answer.endsWith("{\"exit\":1}\n") && !answer.contains("busy"))
                .hasSize(2);
    }

    @Test
    void atTheEndWhoWaitsIsToldSoAndWhoSaysNothingIsLetGo() throws IOException, InterruptedException {
        Path path = socket(new ControlLimits(Duration.ofMinutes(1), Duration.ofMinutes(1), 2, 10));
        CompletableFuture<String> working = asking(path, "wait");
        begun.await();
        try (SocketChannel silent = connect(path);
                SocketChannel waiting = connect(path)) {
            waiting.write(ByteBuffer.wrap("{\"command\":[\"next\"]}\n".getBytes(UTF_8)));
            doors.get(0).close();

            assertThat(all(silent)).doesNotContain("exit\":0");
            assertThat(all(waiting)).doesNotContain("[next]");
        }
        release.countDown();
        assertThat(working.join()).endsWith("{\"exit\":1}\n").contains("[wait]");
        doors.get(0).awaitEnd(Duration.ofSeconds(20));
        assertThat(log).isEmpty();
    }

    @Test
    void aDefectInTellingWhoComesLeavesTheDoorOpen() throws IOException {
        Path path = socket(PATIENT);
        isDefect = true;

        assertThat(answer(path, "")).isEmpty();
        assertThat(log).singleElement().asString().contains("could not be let in");
        isDefect = false;
        assertAnswers(path);
    }

    @Test
    void anAnswerHasAnEnd() throws IOException {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();

        int exit = ControlClient.ask(
                socket(PATIENT), List.of("much", "much", "more"), new PrintWriter(out), new PrintWriter(err));

        assertThat(exit).isEqualTo(3);
        assertThat(out.toString().length()).isBetween(15 << 20, 16 << 20);
        assertThat(err.toString()).contains("the answer is cut");
    }

    private static CompletableFuture<String> asking(Path path, String word) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return answer(path, "{\"command\":[\"" + word + "\"]}\n");
                    } catch (IOException e) {
                        return e.toString();
                    }
                },
                THREADS);
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
