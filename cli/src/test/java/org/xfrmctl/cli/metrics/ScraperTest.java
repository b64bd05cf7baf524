package org.xfrmctl.cli.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.LifetimeLimits.Limit;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateStatistics;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;

/** What one scrape says of a kernel, or of one that says nothing. */
class ScraperTest {
    private static final IpAddress HERE = IpAddress.parse("192.0.2.1");
    private static final Scraper.Program PROGRAM = new Scraper.Program("1.0", "watch");
    private static final String FLOW =
            "connection=\"\",child=\"192.0.2.1 - 192.0.2.2, reqid 1\",direction=\"in\",protocol=\"esp\"";

    private final List<String> log = new ArrayList<>();
    private Optional<RuntimeException> trouble = Optional.empty();
    private Snapshot snapshot = Snapshot.EMPTY;
    private final Scraper scraper =
            new Scraper(PROGRAM, this::read, scrape -> scrape.add(Metric.TROUBLES, 2), log::add);

    private KernelView read() throws IOException {
        if (trouble.isPresent()) {
            throw trouble.get();
        }
        return new KernelView(
                snapshot,
                new DesiredState(List.of(), List.of()),
                Optional.empty(),
                Map.of("XfrmInError", -1L),
                Set.of(HERE));
    }

    private Exposition scrape() throws InterruptedException {
        return Exposition.read(scraper.next());
    }

    private static XfrmState.Builder inbound(int reqid, int spi) {
        return XfrmState.builder(
                        new SaId(HERE, new Spi(spi), IpProtocol.ESP), IpAddress.parse("192.0.2." + (1 + reqid)))
                .reqid(new Reqid(reqid));
    }

    @Test
    void aKernelThatCannotBeReadIsDownAndTheRestIsTold() throws InterruptedException {
        snapshot = new Snapshot(List.of(inbound(1, 1).build()), List.of());
        assertThat(scrape().types()).containsKeys("xfrmctl_state_bytes_total", "xfrmctl_foreign_states");
        trouble = Optional.of(new NetlinkException(Errno.EPERM.number(), "dump states"));

        for (int i = 0; i < 3; i++) {
            Exposition seen = scrape();
            assertThat(seen.value("xfrmctl_up")).isZero();
            assertThat(seen.types().keySet())
                    .containsExactly(
                            "xfrmctl_up",
                            "xfrmctl_build_info",
                            "xfrmctl_scrape_duration_seconds",
                            "xfrmctl_watch_troubles");
        }
        trouble = Optional.empty();
        assertThat(scrape().value("xfrmctl_up")).isOne();
        assertThat(log).hasSize(2);
        assertThat(log.get(0)).startsWith("metrics: xfrmctl_up is 0: ").contains("dump states");
        assertThat(log.get(1)).isEqualTo("metrics: xfrmctl_up is 1 again");
    }

    /** As files are read by a thread whose time is over. */
    @Test
    void aScrapeThatIsBrokenOffSaysNothingOfTheKernel() throws InterruptedException {
        trouble = Optional.of(new UncheckedIOException(new ClosedByInterruptException()));
        Thread.currentThread().interrupt();
        assertThatThrownBy(scraper::next).isInstanceOf(InterruptedException.class);
        trouble = Optional.empty();
        assertThat(scrape().value("xfrmctl_up")).isOne();
        assertThat(log).isEmpty();
    }

    @Test
    void whatHasNoWordsIsCalledByItsKind() throws InterruptedException {
        trouble = Optional.of(new UncheckedIOException(null, new ClosedChannelException()));
        scrape();
        assertThat(log)
                .singleElement()
                .asString()
                .startsWith("metrics: xfrmctl_up is 0: ")
                .doesNotEndWith("null");
    }

    @Test
    void aDefectIsNotTakenForAKernelThatCannotBeRead() throws InterruptedException {
        trouble = Optional.of(new IllegalStateException("a defect"));

        assertThatThrownBy(scraper::next).hasMessage("a defect");
    }

    @Test
    void whoTellsIsTold() throws InterruptedException {
        assertThat(scrape().value("xfrmctl_build_info{version=\"1.0\",command=\"watch\"}"))
                .isOne();
        assertThat(scrape().value("xfrmctl_xfrm_stat_total{counter=\"XfrmInError\"}"))
                .isEqualTo(0x1p64);
    }

    @Test
    void limitsAndTimesAreThoseThatThereAre() throws InterruptedException {
        snapshot = new Snapshot(
                List.of(inbound(1, 1)
                        .limits(new LifetimeLimits(
                                new Limit(500, 1000),
                                new Limit(LifetimeLimits.INFINITE, 20),
                                new Limit(0, 3600),
                                Limit.NEVER))
                        .current(new LifetimeCurrent(7, 1, 1000, 0))
                        .statistics(new StateStatistics(1, 2, 3))
                        .build()),
                List.of());

        Exposition seen = scrape();

        String state = FLOW + ",spi=\"0x00000001\"";
        assertThat(seen.value("xfrmctl_state_limit_bytes{" + state + ",limit=\"soft\"}"))
                .isEqualTo(500);
        assertThat(seen.value("xfrmctl_state_limit_bytes{" + state + ",limit=\"hard\"}"))
                .isEqualTo(1000);
        assertThat(seen.value("xfrmctl_state_limit_packets{" + state + ",limit=\"hard\"}"))
                .isEqualTo(20);
        assertThat(seen.value("xfrmctl_state_expiry_timestamp_seconds{" + state + ",limit=\"hard\"}"))
                .isEqualTo(4600);
        assertThat(seen.value("xfrmctl_state_refused_packets_total{" + state + ",reason=\"replay_window\"}"))
                .isOne();
        assertThat(seen.value("xfrmctl_state_refused_packets_total{" + state + ",reason=\"replay\"}"))
                .isEqualTo(2);
        assertThat(seen.value("xfrmctl_state_refused_packets_total{" + state + ",reason=\"integrity\"}"))
                .isEqualTo(3);
        assertThat(seen.types().keySet())
                .doesNotContain(
                        "xfrmctl_state_first_use_timestamp_seconds", "xfrmctl_state_last_use_timestamp_seconds");
        assertThat(seen.samples().keySet())
                .filteredOn(series -> series.contains("limit=\"soft\""))
                .hasSize(1);
    }

    @Test
    void statesThatDifferInTheirMarksAloneAreOneSeries() throws InterruptedException {
        snapshot = new Snapshot(
                List.of(
                        inbound(1, 1)
                                .mark(new Mark(1, -1))
                                .current(new LifetimeCurrent(7, 1, 1000, 0))
                                .build(),
                        inbound(1, 1)
                                .mark(new Mark(2, -1))
                                .current(new LifetimeCurrent(5, 1, 900, 0))
                                .build()),
                List.of());

        assertThat(scrape().value("xfrmctl_state_bytes_total{" + FLOW + ",spi=\"0x00000001\"}"))
                .isEqualTo(12);
    }

    @Test
    void ofOthersThereIsAnEnd() throws InterruptedException {
        snapshot = new Snapshot(
                IntStream.rangeClosed(1, KernelFigures.MOST_FOREIGN + 5)
                        .mapToObj(i -> inbound(1, i).reqid(new Reqid(i)).build())
                        .toList(),
                List.of());

        Exposition seen = scrape();

        assertThat(seen.value("xfrmctl_foreign_children_left_out")).isEqualTo(5);
        assertThat(seen.value("xfrmctl_foreign_states{protocol=\"esp\"}")).isEqualTo(KernelFigures.MOST_FOREIGN + 5);
        assertThat(seen.samples().keySet())
                .filteredOn(series -> series.startsWith("xfrmctl_state_bytes_total"))
                .hasSize(KernelFigures.MOST_FOREIGN);
    }

    /** By age: the first of these is the oldest. */
    private static Snapshot others(List<XfrmState> oldestFirst) {
        List<XfrmState> states = new ArrayList<>(oldestFirst);
        Collections.reverse(states);
        return new Snapshot(states, List.of());
    }

    private static XfrmState counting(int reqid, int spi, long bytes) {
        return inbound(1, spi)
                .reqid(new Reqid(reqid))
                .current(new LifetimeCurrent(bytes, 1, 1000, 0))
                .build();
    }

    private static String total(int reqid) {
        return "xfrmctl_child_bytes_total{" + FLOW.replace("reqid 1", "reqid " + reqid) + "}";
    }

    private static List<XfrmState> range(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(i -> counting(i, i, 5))
                .toList();
    }

    @Test
    void whatWasLeftOutBeginsWithWhatItHasCountedMeanwhileAndNotWithAllThatItsStatesEverHave()
            throws InterruptedException {
        int last = KernelFigures.MOST_FOREIGN + 1;
        List<XfrmState> all = new ArrayList<>(range(1, last - 1));
        all.add(counting(last, last, 1_000_000));
        snapshot = others(all);
        Scraper later = new Scraper(PROGRAM, this::read, scrape -> {}, log::add);
        assertThat(Exposition.read(later.next()).samples()).doesNotContainKey(total(last));

        all.remove(0);
        all.set(all.size() - 1, counting(last, last, 1_000_007));
        snapshot = others(all);

        assertThat(Exposition.read(later.next()).value(total(last))).isEqualTo(7);
    }

    @Test
    void whatHasNewKeysStaysAmongThoseThatAreToldOf() throws InterruptedException {
        int last = KernelFigures.MOST_FOREIGN + 1;
        List<XfrmState> all = new ArrayList<>(range(1, last));
        snapshot = others(all);
        scrape();

        all.remove(0);
        all.add(counting(1, last + 1, 3));
        snapshot = others(all);
        Exposition seen = scrape();

        // 5 of the state that had come since the first look, 3 of the one in its place.
        assertThat(seen.value(total(1))).isEqualTo(8);
        assertThat(seen.samples()).doesNotContainKey(total(last));
        assertThat(seen.value("xfrmctl_foreign_children_left_out")).isOne();
    }
}
