package org.xfrmctl.cli.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Answers {@code GET /metrics}. One scrape is made at a time, by threads of its own; whoever takes an answer slowly has no part in
 * that. The server is the JDK's (module jdk.httpserver).
 */
public final class MetricsServer implements AutoCloseable {
    private static final String PATH = "/metrics";
    /** What Prometheus asks for where it is not given anything else, of every version. */
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private static final String PLAIN = "text/plain; charset=utf-8";
    /**
     * Of the JDK's server, which has none by itself: connections, each of which takes a descriptor, of which others in this process
     * need some; seconds until a connection is closed that has not said a byte, or not all of a request; milliseconds from one look
     * for such to the next.
     */
    private static final Map<String, String> SERVER_LIMITS = Map.of(
            "jdk.httpserver.maxConnections", "64",
            "sun.net.httpserver.maxReqTime", "2",
            "sun.net.httpserver.clockTick", "1000");

    private final HttpServer server;
    private final ExchangeThreads threads;
    private final MetricsLimits limits;
    private final Scrapes scrapes;
    private final Consumer<String> log;
    private final ReentrantLock scraping = new ReentrantLock(true);
    /** Whether the last scrape was broken off; guarded by {@code scraping}. */
    private boolean brokenOff;

    private volatile boolean closed;

    private MetricsServer(HttpServer server, MetricsLimits limits, Scrapes scrapes, Consumer<String> log) {
        this.server = server;
        this.limits = limits;
        this.threads = new ExchangeThreads(limits);
        this.scrapes = scrapes;
        this.log = log;
    }

    /**
     * Begins to answer.
     *
     * @param scrapes gives the text of a scrape; asked by one thread at a time
     * @param log takes lines for people
     * @throws IOException if the address cannot be had
     */
    public static MetricsServer open(
            MetricsAddress address, MetricsLimits limits, Scrapes scrapes, Consumer<String> log) throws IOException {
        // The server reads them when the first one is made, and there is no other way to tell it.
        SERVER_LIMITS.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
        MetricsServer metrics =
                new MetricsServer(HttpServer.create(address.socket(), limits.exchanges()), limits, scrapes, log);
        metrics.server.createContext("/", metrics::answer);
        metrics.server.setExecutor(metrics.threads);
        metrics.server.start();
        return metrics;
    }

    /** Where it answers, with the port that it has. */
    public MetricsAddress address() {
        return new MetricsAddress(
                server.getAddress().getAddress(), server.getAddress().getPort());
    }

    /** For people. */
    public String url() {
        return "http://" + address() + PATH;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            threads.wasRead(exchange.getRemoteAddress().getAddress());
            String method = exchange.getRequestMethod();
            if (!exchange.getRequestURI().getPath().equals(PATH)) {
                answer(exchange, 404, PLAIN, "there is nothing here: metrics are at " + PATH + "\n");
            } else if (!method.equals("GET") && !method.equals("HEAD")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                answer(exchange, 405, PLAIN, "only GET and HEAD are answered\n");
            } else {
                answerScrape(exchange);
            }
        }
    }

    private void answerScrape(HttpExchange exchange) throws IOException {
        String text;
        try {
            text = scrape();
        } catch (InterruptedException e) {
            // The connection is closed.
            return;
        } catch (RuntimeException e) {
            log.accept("a defect in xfrmctl's metrics, please report it: " + e);
            answer(exchange, 500, PLAIN, "a defect in xfrmctl: what it wrote on standard error says more\n");
            return;
        }
        answer(exchange, 200, TEXT, text);
    }

    private String scrape() throws InterruptedException {
        scraping.lockInterruptibly();
        try {
            String text = scrapes.next();
            brokenOff = false;
            return text;
        } catch (InterruptedException e) {
            if (!brokenOff && !closed) {
                log.accept("metrics: a scrape was broken off and nobody has it: it had not ended after "
                        + limits.exchange().toMillis() + " ms, or too many others came");
            }
            brokenOff = true;
            throw e;
        } finally {
            scraping.unlock();
        }
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** Nobody is answered any more; exchanges that are under way are broken off. */
    @Override
    public void close() {
        closed = true;
        server.stop(0);
        threads.close();
    }
}
