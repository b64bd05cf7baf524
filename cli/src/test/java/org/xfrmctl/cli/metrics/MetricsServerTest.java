package org.xfrmctl.cli.metrics;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
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

    private static final MetricsLimits PATIENT = new MetricsLimits(Duration.ofMinutes(1), Duration.ofMinutes(1), 4, 4);
    private static final MetricsLimits IMPATIENT =
            new MetricsLimits(Duration.ofMillis(300), Duration.ofMillis(300), 4, 4);

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final List<AutoCloseable> open = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private MetricsServer server(MetricsLimits limits, Scrapes scrapes) throws IOException {
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
        for (int i = 0; i < 4; i++) {
            slow.add(socket(server, "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"));
        }

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

    /** Bytes that come until each connection ends, in the order in which they are known. */
    private static BlockingQueue<Long> counts(List<Socket> sockets) {
        BlockingQueue<Long> counts = new LinkedBlockingQueue<>();
        for (Socket socket : sockets) {
            InputStream in = input(socket);
            new Thread(() -> counts.add(count(in))).start();
        }
        return counts;
    }

    /** None of these would end by itself within the test. */
    @Test
    void theNewestAreAnsweredHoweverManyAskSlowly() throws Exception {
        MetricsServer server =
                server(new MetricsLimits(Duration.ofMinutes(1), Duration.ofMinutes(1), 3, 3), () -> TEXT);
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            slow.add(socket(server, "GET /metrics HTTP/1.1\r\n"));
        }

        for (int i = 0; i < 5; i++) {
            assertThat(send(server, "GET", "/metrics").body()).isEqualTo(TEXT);
        }
        BlockingQueue<Long> counts = counts(slow);
        for (int i = 0; i < 10 - 2; i++) {
            assertThat(counts.take()).isZero();
        }
    }

    /** None of these would end by itself within the test. */
    @Test
    void whatIsBeingAnsweredIsNotEndedByRequestsThatDoNotCome() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        MetricsServer server = server(new MetricsLimits(Duration.ofMinutes(1), Duration.ofMinutes(1), 3, 3), () -> {
            begun.countDown();
            end.await();
            return TEXT;
        });
        CompletableFuture<HttpResponse<String>> scrape = client.sendAsync(
                HttpRequest.newBuilder(URI.create(server.url())).build(), HttpResponse.BodyHandlers.ofString());
        begun.await();
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            slow.add(socket(server, "G"));
        }
        BlockingQueue<Long> counts = counts(slow);
        for (int i = 0; i < 10 - 2; i++) {
            assertThat(counts.take()).isZero();
        }
        end.countDown();

        assertThat(scrape.join().body()).isEqualTo(TEXT);
    }

    @Test
    void whoReadsSlowlyMakesRoomForOthersOfHisAddressAloneAndTheOldestFirst() throws Exception {
        AtomicInteger scrapes = new AtomicInteger();
        MetricsServer server = server(
                new MetricsLimits(Duration.ofMinutes(1), Duration.ofMinutes(1), 9, 2),
                () -> scrapes.incrementAndGet() <= 3 ? "x".repeat(LONG) : TEXT);
        String request = "GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        Socket elsewhere = from("127.0.0.2", server, request);
        Socket first = socket(server, request);
        assertThat(first.getInputStream().read()).isEqualTo('H');
        Socket second = socket(server, request);
        assertThat(second.getInputStream().read()).isEqualTo('H');
        assertThat(elsewhere.getInputStream().read()).isEqualTo('H');

        assertThat(send(server, "GET", "/metrics").body()).isEqualTo(TEXT);

        assertThat(count(first.getInputStream())).isLessThan(LONG);
        assertThat(count(second.getInputStream())).isGreaterThan(LONG);
        assertThat(count(elsewhere.getInputStream())).isGreaterThan(LONG);
    }

    private Socket from(String address, MetricsServer server, String sent) throws IOException {
        Socket socket = new Socket();
        open.add(socket);
        socket.bind(new InetSocketAddress(address, 0));
        socket.connect(new InetSocketAddress(
                server.address().address(), server.address().port()));
        socket.getOutputStream().write(sent.getBytes(US_ASCII));
        return socket;
    }

    @Test
    void aScrapeThatTakesTooLongIsBrokenOffAndThatIsSaidOnce() throws Exception {
        AtomicBoolean slow = new AtomicBoolean(true);
        CountDownLatch never = new CountDownLatch(1);
        MetricsServer server = server(IMPATIENT, () -> {
            if (slow.get()) {
                never.await();
            }
            return TEXT;
        });
        for (int i = 0; i < 2; i++) {
            assertThat(count(input(socket(server, "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"))))
                    .isZero();
        }
        assertThat(log)
                .containsExactly(
                        "metrics: a scrape was broken off and nobody has it: it had not ended after 300 ms, or too many"
                                + " others came");

        slow.set(false);
        assertThat(send(server, "GET", "/metrics").body()).isEqualTo(TEXT);
        slow.set(true);
        assertThat(count(input(socket(server, "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"))))
                .isZero();
        assertThat(log).hasSize(2);
    }

    private static InputStream input(Socket socket) {
        try {
            return socket.getInputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
