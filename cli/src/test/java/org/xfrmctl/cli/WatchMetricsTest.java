package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.metrics.Exposition;
import org.xfrmctl.cli.metrics.MetricsServer;
import org.xfrmctl.cli.service.ServiceNotice;
import org.xfrmctl.manager.journal.JournalRecord;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.definition.DefinitionReader;
import picocli.CommandLine;

/** A watch that Prometheus scrapes, with real packets through what it keeps. */
@Timeout(60)
class WatchMetricsTest {
    private static final String NET = "connection=\"home\",child=\"net\"";
    private static final String STATISTICS =
            "XfrmInError \t3\nXfrmInNoStates \t0\nXfrmInTmplMismatch \t7\nXfrmNewer \t1\n";

    private final LinkedHosts hosts = new LinkedHosts();
    private final StringWriter log = new StringWriter();
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    private Kernel kernel;
    private String file;
    private Watch watch;
    private MetricsServer server;
    private CompletableFuture<Void> watching;

    /** As {@code watch --metrics 0 -f … --state-dir …} does it, without its signals. */
    @BeforeEach
    void begin() throws IOException {
        kernel = hosts.carol(directory.resolve("proc"));
        Files.createDirectories(directory.resolve("proc/net"));
        Files.writeString(directory.resolve("proc/net/xfrm_stat"), STATISTICS);
        file = Definitions.write(directory, "carol.yaml", Definitions.GOOD);
        hosts.bringMoonUp(directory, file);
        PrintWriter out = new PrintWriter(log, true);
        WatchCommand command = new WatchCommand(kernel);
        CommandLine line = new CommandLine(command).setOut(out).setErr(out);
        line.parseArgs("-f", file, "--state-dir", state(), "--metrics", "0");
        watch = new Watch(
                kernel, command.journal, Duration.ofSeconds(20), Duration.ofHours(1), ServiceNotice.none(), out, out);
        WatchedDefinition definition = new WatchedDefinition(
                command.options, kernel, command.journal, ServiceNotice.none(), out, out, watch::wake);
        definition.begin();
        WatchMetrics metrics = new WatchMetrics(kernel, command.journal, definition, watch.figures(), false);
        server = command.metrics.open(() -> metrics.scraper(command.metrics)).orElseThrow();
        watching = CompletableFuture.runAsync(() -> {
            try {
                watch.run(definition);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @AfterEach
    void end() {
        watch.end();
        watching.join();
        server.close();
    }

    private String state() {
        return directory.resolve("state").toString();
    }

    private void run(String... words) {
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine(kernel)
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err));
        assertThat(line.execute(words)).as(err.toString()).isZero();
    }

    private void up() {
        run("up", "-f", file, "--state-dir", state());
    }

    private String text() {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(server.url())).build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Exposition scrape() {
        return Exposition.read(text());
    }

    /** Scrapes until a series has this value, which the watch is at work for. */
    private Exposition scrapeUntil(String series, double value) {
        Exposition seen = scrape();
        while (seen.value(series) != value) {
            Thread.onSpinWait();
            seen = scrape();
        }
        return seen;
    }

    private static String flow(String metric, String direction, String protocol, String more) {
        return metric + "{" + NET + ",direction=\"" + direction + "\",protocol=\"" + protocol + "\"" + more + "}";
    }

    @Test
    void whatIsDefinedIsToldBeforeItIsThere() {
        Exposition seen = scrape();

        assertThat(seen.value("xfrmctl_up")).isOne();
        assertThat(seen.value("xfrmctl_child_condition{" + NET + ",condition=\"down\"}"))
                .isOne();
        assertThat(seen.value("xfrmctl_child_condition{" + NET + ",condition=\"up\"}"))
                .isZero();
        assertThat(seen.value("xfrmctl_child_wanted_up{" + NET + "}")).isZero();
        assertThat(seen.value("xfrmctl_child_policies{" + NET + ",direction=\"out\"}"))
                .isZero();
        assertThat(seen.value(flow("xfrmctl_child_bytes_total", "out", "ipcomp", "")))
                .isZero();
        assertThat(seen.value("xfrmctl_watch_repairs_total{" + NET + ",what=\"tables\",result=\"done\"}"))
                .isZero();
        assertThat(seen.value("xfrmctl_watch_definition_good")).isOne();
        assertThat(seen.types()).doesNotContainKey("xfrmctl_state_bytes_total");
    }

    @Test
    void packetsAreCountedAsTheStatesCountThem() {
        double before = (double) Instant.now().getEpochSecond();
        up();
        assertThat(hosts.ping(56).received()).isEqualTo(1);
        assertThat(hosts.ping(8184).received()).isEqualTo(1);

        Exposition seen = scrapeUntil("xfrmctl_child_condition{" + NET + ",condition=\"up\"}", 1);

        // The table of docs/COUNTERS.md, but for what compression makes of these bytes.
        assertThat(seen.value(flow("xfrmctl_child_bytes_total", "out", "ipcomp", "")))
                .isEqualTo(8296);
        assertThat(seen.value(flow("xfrmctl_child_packets_total", "out", "ipcomp", "")))
                .isEqualTo(2);
        assertThat(seen.value(flow("xfrmctl_child_bytes_total", "in", "ipcomp", "")))
                .isEqualTo(8212);
        assertThat(seen.value(flow("xfrmctl_child_bytes_total", "in", "ipip", "")))
                .isEqualTo(84);
        assertThat(seen.value(flow("xfrmctl_child_packets_total", "in", "esp", "")))
                .isEqualTo(2);
        assertThat(seen.value(flow("xfrmctl_state_packets_total", "out", "esp", ",spi=\"0xc1000001\"")))
                .isEqualTo(2);
        assertThat(seen.value(flow("xfrmctl_state_bytes_total", "in", "ipip", ",spi=\"0xc0a80001\"")))
                .isEqualTo(84);
        assertThat(seen.value(flow(
                        "xfrmctl_state_refused_packets_total",
                        "in",
                        "esp",
                        ",spi=\"0xc1000002\",reason=\"integrity\"")))
                .isZero();
        assertThat(seen.value(flow("xfrmctl_state_sequence_numbers_used", "out", "esp", ",spi=\"0xc1000001\"")))
                .isEqualTo(2);
        assertThat(seen.value(flow("xfrmctl_state_sequence_numbers_left", "out", "esp", ",spi=\"0xc1000001\"")))
                .isEqualTo(4294967293.0);
        assertThat(seen.value(flow("xfrmctl_state_added_timestamp_seconds", "out", "esp", ",spi=\"0xc1000001\"")))
                .isGreaterThanOrEqualTo(before);
        assertThat(seen.value("xfrmctl_child_wanted_up{" + NET + "}")).isOne();
        assertThat(seen.value("xfrmctl_child_policies{" + NET + ",direction=\"fwd\"}"))
                .isOne();
        assertThat(seen.value("xfrmctl_watch_last_look_timestamp_seconds")).isGreaterThanOrEqualTo(before);
        assertThat(seen.value("xfrmctl_foreign_states{protocol=\"esp\"}")).isZero();
    }

    @Test
    void whatItIsToBeginWithIsToBeUp() {
        Wanted wanted = Wanted.withoutKeys(DefinitionReader.read(Path.of(file)));
        Set<ChildName> all = wanted.outline().names();

        assertThat(wantedUp(wanted, JournalRecord.EMPTY, true)).isEqualTo(all);
        assertThat(wantedUp(wanted, JournalRecord.EMPTY, false)).isEmpty();
        assertThat(wantedUp(wanted, aimed(Goal.LOCKDOWN, all), true))
                .as("what could not come up is blocked")
                .isEqualTo(all);
        assertThat(wantedUp(wanted, aimed(Goal.LOCKDOWN, all), false)).isEmpty();
        assertThat(wantedUp(wanted, aimed(Goal.DOWN, all), true)).isEmpty();
        assertThat(wantedUp(wanted, aimed(Goal.TRAP, all), true)).isEmpty();
        assertThat(wantedUp(wanted, aimed(Goal.APPLY, all), false)).isEqualTo(all);
    }

    private static Set<ChildName> wantedUp(Wanted wanted, JournalRecord record, boolean begins) {
        return WatchMetrics.wantedUp(wanted, record, begins);
    }

    private static JournalRecord aimed(Goal goal, Set<ChildName> children) {
        return JournalRecord.EMPTY.aimed(goal, children, Set.of());
    }

    @Test
    void theCountersOfDroppedPacketsHaveTheKernelsNames() {
        Exposition seen = scrape();

        assertThat(seen.value("xfrmctl_xfrm_stat_total{counter=\"XfrmInTmplMismatch\"}"))
                .isEqualTo(7);
        assertThat(seen.value("xfrmctl_xfrm_stat_total{counter=\"XfrmNewer\"}")).isOne();
    }

    @Test
    void whatTheWatchRepairsIsCounted() {
        String repairs = "xfrmctl_watch_repairs_total{" + NET + ",what=\"tables\",result=\"done\"}";
        up();
        for (int i = 1; i <= 3; i++) {
            run("policy", "flush");
            scrapeUntil(repairs, i);
        }

        Exposition seen = scrape();
        assertThat(seen.value("xfrmctl_watch_repairs_total{" + NET + ",what=\"tables\",result=\"failed\"}"))
                .isZero();
        assertThat(seen.value("xfrmctl_watch_troubles")).isZero();
        assertThat(hosts.ping(100).received()).isEqualTo(1);
    }

    @Test
    void whatCannotBeRepairedIsTrouble() {
        up();
        run("state", "deleteall", "proto", "esp", "dst", "192.168.0.1");

        Exposition seen = scrapeUntil("xfrmctl_watch_troubles", 1);

        assertThat(seen.value("xfrmctl_child_wanted_up{" + NET + "}")).isOne();
        assertThat(seen.value("xfrmctl_child_condition{" + NET + ",condition=\"up\"}"))
                .isZero();
    }

    @Test
    void scrapesAndLooksAndPacketsDoNotDisturbOneAnother() {
        up();
        int packets = 0;
        List<CompletableFuture<Void>> scrapers = IntStream.range(0, 3)
                .mapToObj(i -> CompletableFuture.runAsync(() -> {
                    double last = 0;
                    for (int round = 0; round < 30; round++) {
                        Exposition seen = scrape();
                        assertThat(seen.value("xfrmctl_up")).isOne();
                        double now = seen.value(flow("xfrmctl_child_packets_total", "out", "esp", ""));
                        assertThat(now).isGreaterThanOrEqualTo(last);
                        last = now;
                    }
                }))
                .toList();
        for (int i = 0; i < 30; i++) {
            assertThat(hosts.ping(200).received()).isEqualTo(1);
            packets++;
            if (i % 10 == 5) {
                run("policy", "deleteall", "dir", "fwd");
            }
        }
        scrapers.forEach(CompletableFuture::join);

        assertThat(scrape().value(flow("xfrmctl_child_packets_total", "out", "esp", "")))
                .isEqualTo(packets);
    }

    @Test
    void othersStatesAreToldByWhatTellsThemApart() {
        up();
        run(
                ("state add src 192.168.0.100 dst 203.0.113.7 proto esp spi 0x77 reqid 9 mode tunnel aead rfc4106(gcm(aes)) 0x"
                                + "ab".repeat(20) + " 128")
                        .split(" ", -1));
        run(
                ("policy add src 192.168.0.100 dst 10.7.0.0/16 dir out tmpl src 192.168.0.100 dst 203.0.113.7 proto esp reqid"
                                + " 9 mode tunnel")
                        .split(" ", -1));

        Exposition seen = scrape();

        String other =
                "connection=\"\",child=\"192.168.0.100 - 203.0.113.7, reqid 9\",direction=\"out\",protocol=\"esp\"";
        assertThat(seen.value("xfrmctl_child_bytes_total{" + other + "}")).isZero();
        assertThat(seen.value("xfrmctl_state_sequence_numbers_left{" + other + ",spi=\"0x00000077\"}"))
                .isEqualTo(4294967295.0);
        assertThat(seen.value("xfrmctl_foreign_states{protocol=\"esp\"}")).isOne();
        assertThat(seen.value("xfrmctl_foreign_policies{direction=\"out\"}")).isOne();
        assertThat(seen.value("xfrmctl_foreign_policies{direction=\"in\"}")).isZero();
        assertThat(seen.samples().keySet())
                .noneMatch(series -> series.startsWith("xfrmctl_child_condition{connection=\"\""));
    }

    @Test
    void keysAreNotAmongIt() {
        up();
        String text = text().toLowerCase(Locale.ROOT).replace("0x", "");

        assertThat(text).contains("c1000001");
        for (String key : List.of(Definitions.OUT_KEY, Definitions.IN_KEY)) {
            for (int i = 0; i + 8 <= key.length(); i += 2) {
                assertThat(text).doesNotContain(key.substring(i, i + 8));
            }
        }
    }

    @Test
    void aDefinitionThatIsNotGoodIsTold() {
        up();
        Definitions.file(Path.of(file), "nonsense");
        watch.wake();

        Exposition seen = scrapeUntil("xfrmctl_watch_definition_good", 0);

        assertThat(seen.value("xfrmctl_child_condition{" + NET + ",condition=\"up\"}"))
                .isOne();
    }
}
