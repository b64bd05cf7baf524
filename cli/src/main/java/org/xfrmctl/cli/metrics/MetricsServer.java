package org.xfrmctl.cli.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Answers {@code GET /metrics}. One scrape is made at a time, by threads of its own; whoever takes an answer slowly has no part in
 * that. The server is the JDK's (module jdk.httpserver).
 */
public final class MetricsServer implements AutoCloseable {
    private static final String PATH = "/metrics";
    /** What Prometheus asks for where it is not given anything else, of every version. */
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private static final String PLAIN = "text/plain; charset=utf-8";
    /** Connections that the JDK's server keeps: each takes a descriptor, of which others in this process need some. */
    private static final String MOST_CONNECTIONS = "jdk.httpserver.maxConnections";

    private final HttpServer server;
    private final ExchangeThreads threads;
    private final Supplier<String> scrapes;
    private final Consumer<String> log;
    private final ReentrantLock scraping = new ReentrantLock();

    private MetricsServer(HttpServer server, MetricsLimits limits, Supplier<String> scrapes, Consumer<String> log) {
        this.server = server;
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
            MetricsAddress address, MetricsLimits limits, Supplier<String> scrapes, Consumer<String> log)
            throws IOException {
        // The server reads it when the first one is made, and there is no other way to tell it.
        if (System.getProperty(MOST_CONNECTIONS) == null) {
            System.setProperty(MOST_CONNECTIONS, "64");
        }
        MetricsServer metrics =
                new MetricsServer(HttpServer.create(address.socket(), limits.waiting()), limits, scrapes, log);
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
            // Others took all the time there was: the connection is closed.
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
            return scrapes.get();
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
        server.stop(0);
        threads.close();
    }
}
