package org.xfrmctl.cli.metrics;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The socket, by real connections. */
@Timeout(60)
class MetricsServerTest {
    private static final String TEXT = "# HELP xfrmctl_up ü\n# TYPE xfrmctl_up gauge\nxfrmctl_up 1\n";
    /** More than sockets take that nobody reads. */
    private static final int LONG = 64 << 20;

    private static final MetricsLimits PATIENT = new MetricsLimits(Duration.ofMinutes(1), 2, 2);
    private static final MetricsLimits IMPATIENT = new MetricsLimits(Duration.ofMillis(300), 2, 2);

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final List<AutoCloseable> open = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private MetricsServer server(MetricsLimits limits, Supplier<String> scrapes) throws IOException {
        MetricsServer server = MetricsServer.open(MetricsAddress.parse("0"), limits, scrapes, log::add);
        open.add(server);
        return server;
    }

    private HttpResponse<String> send(MetricsServer server, String method, String path)
            throws IOException, InterruptedException {
        URI uri = URI.create(server.url()).resolve(path);
        return client.send(
                HttpRequest.newBuilder(uri)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** A connection on which something was sent. */
    private Socket socket(MetricsServer server, String sent) throws IOException {
        Socket socket = new Socket(server.address().address(), server.address().port());
        open.add(socket);
        socket.getOutputStream().write(sent.getBytes(US_ASCII));
        return socket;
    }

    @Test
    void aScrapeIsOneInPrometheussTextFormat() throws Exception {
        HttpResponse<String> answer = send(server(PATIENT, () -> TEXT), "GET", "/metrics");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.body()).isEqualTo(TEXT);
    }

    @Test
    void theHeadOfAScrapeIsOneWithoutItsBody() throws Exception {
        HttpResponse<String> answer = send(server(PATIENT, () -> TEXT), "HEAD", "/metrics");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(TEXT.length() + 1);
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /metrics?name=x, 200",
        "GET, /, 404",
        "GET, /metrics/, 404",
        "GET, /metrics/more, 404",
        "GET, /other, 404",
        "POST, /other, 404",
        "POST, /metrics, 405",
        "PUT, /metrics, 405",
        "DELETE, /metrics, 405",
        "OPTIONS, /metrics, 405",
    })
    void nothingElseIsThere(String method, String path, int status) throws Exception {
        HttpResponse<String> answer = send(server(PATIENT, () -> TEXT), method, path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Allow").isPresent()).isEqualTo(status == 405);
        if (status == 404) {
            assertThat(answer.body()).isEqualTo("there is nothing here: metrics are at /metrics\n");
        }
    }

    @Test
    void aDefectIsAnErrorAndTheNextScrapeIsTried() throws Exception {
        AtomicInteger scrapes = new AtomicInteger();
        MetricsServer server = server(PATIENT, () -> {
            if (scrapes.incrementAndGet() == 1) {
                throw new IllegalStateException("half");
            }
            return TEXT;
        });

        assertThat(send(server, "GET", "/metrics").statusCode()).isEqualTo(500);
        assertThat(log).singleElement().asString().contains("defect").contains("half");
        assertThat(send(server, "GET", "/metrics").statusCode()).isEqualTo(200);
    }

    @Test
    void whoReadsSlowlyHoldsNobodyUp() throws Exception {
        AtomicInteger scrapes = new AtomicInteger();
        MetricsServer server = server(PATIENT, () -> scrapes.incrementAndGet() == 1 ? "x".repeat(LONG) : TEXT);
        Socket slow = socket(server, "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
        // Its answer has begun, so it has the long one.
        assertThat(slow.getInputStream().read()).isEqualTo('H');

        for (int i = 0; i < 20; i++) {
            assertThat(send(server, "GET", "/metrics").body()).isEqualTo(TEXT);
        }
    }

    @Test
    void whoReadsTooSlowlyIsCutOff() throws Exception {
        MetricsServer server = server(IMPATIENT, () -> "x".repeat(LONG));
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            slow.add(socket(server, "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"));
        }

        // Both threads are theirs until then.
        assertThat(send(server, "GET", "/").statusCode()).isEqualTo(404);
        for (Socket each : slow) {
            assertThat(count(each.getInputStream())).isLessThan(LONG);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"G", "GET /metrics HTTP/1.1\r\nHost: x\r\n"})
    void whoAsksTooSlowlyIsCutOff(String half) throws Exception {
        MetricsServer server = server(IMPATIENT, () -> TEXT);
        List<Socket> slow = List.of(socket(server, half), socket(server, half));

        assertThat(send(server, "GET", "/metrics").body()).isEqualTo(TEXT);
        for (Socket each : slow) {
            assertThat(count(each.getInputStream())).isZero();
        }
        assertThat(send(server, "GET", "/metrics").body()).isEqualTo(TEXT);
    }

    /** Bytes until the connection ends, as it may by a reset. */
    private static long count(InputStream in) {
        long count = 0;
        byte[] buffer = new byte[1 << 16];
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                count += read;
            }
        } catch (IOException reset) {
            return count;
        }
        return count;
    }

    @Test
    void moreThanCanWaitAreTurnedAwayAndTheOthersAnswered() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        MetricsServer server = server(new MetricsLimits(Duration.ofMinutes(1), 1, 1), () -> {
            begun.countDown();
            await(released);
            return TEXT;
        });
        String request = "GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        List<Socket> sockets = new ArrayList<>(List.of(socket(server, request)));
        begun.await();
        for (int i = 0; i < 5; i++) {
            sockets.add(socket(server, request));
        }
        List<CompletableFuture<Long>> counts = sockets.stream()
                .map(socket ->
                        CompletableFuture.supplyAsync(() -> count(input(socket)), task -> new Thread(task).start()))
                .toList();
        while (counts.stream().filter(CompletableFuture::isDone).count() < 4) {
            Thread.onSpinWait();
        }
        released.countDown();

        assertThat(counts.stream().map(CompletableFuture::join).filter(count -> count == 0))
                .as("one is at work and one waits")
                .hasSize(4);
        assertThat(send(server, "GET", "/metrics").statusCode()).isEqualTo(200);
    }

    private static InputStream input(Socket socket) {
        try {
            return socket.getInputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void oneScrapeIsMadeAtATime() throws Exception {
        AtomicInteger atWork = new AtomicInteger();
        MetricsServer server = server(MetricsLimits.DEFAULT, () -> {
            String text = atWork.incrementAndGet() == 1 ? TEXT : "another is at work";
            // Time for another to come.
            text = text.repeat(100_000).substring(0, text.length());
            atWork.decrementAndGet();
            return text;
        });
        URI uri = URI.create(server.url());
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            answers.add(client.sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString()));
        }

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().body()).isEqualTo(TEXT));
    }

    @Test
    void aPortIsTakenOnceAndGivenBack() throws Exception {
        MetricsServer server = server(PATIENT, () -> TEXT);
        MetricsAddress address = server.address();

        assertThatThrownBy(() -> MetricsServer.open(address, PATIENT, () -> TEXT, log::add))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("in use");
        server.close();
        assertThatThrownBy(() -> socket(server, "")).isInstanceOf(ConnectException.class);
    }
}
