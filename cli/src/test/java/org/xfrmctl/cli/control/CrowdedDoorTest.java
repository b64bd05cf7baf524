package org.xfrmctl.cli.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who is slow, and however many there are, they harm nobody. */
class CrowdedDoorTest extends OpenDoors {
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
}
