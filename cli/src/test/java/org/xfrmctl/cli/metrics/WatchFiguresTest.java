package org.xfrmctl.cli.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xfrmctl.manager.watch.Deed;
import org.xfrmctl.manager.watch.Keeper;
import org.xfrmctl.manager.watch.KeptRun;
import org.xfrmctl.model.definition.ChildName;

class WatchFiguresTest {
    private static final ChildName NET = new ChildName("home", "net");
    private static final ChildName GONE = new ChildName("home", "gone");

    private final WatchFigures figures = new WatchFigures(Clock.fixed(Instant.ofEpochMilli(1_000_500), ZoneOffset.UTC));

    private static KeptRun run(ChildName child, Deed deed, boolean isDone) {
        return new KeptRun(Optional.of(child), deed, isDone);
    }

    private Exposition collected(Set<ChildName> withInterfaces) {
        Scrape scrape = new Scrape();
        figures.collect(scrape, Set.of(NET), withInterfaces);
        return Exposition.read(scrape.text());
    }

    @Test
    void beforeTheFirstLookThereIsNoTimeOfIt() {
        assertThat(collected(Set.of()).types()).doesNotContainKey("xfrmctl_watch_last_look_timestamp_seconds");
        figures.looked();
        assertThat(collected(Set.of()).value("xfrmctl_watch_last_look_timestamp_seconds"))
                .isEqualTo(1000.5);
    }

    @Test
    void runsAreCountedByWhatTheyWere() {
        KeptRun routes = new KeptRun(Optional.empty(), Deed.REPAIRED_ROUTES, false);
        for (int i = 0; i < 2; i++) {
            figures.told(new Keeper.Look(
                    List.of("…"),
                    List.of("trouble"),
                    List.of("a note", "another"),
                    List.of(
                            run(NET, Deed.REPAIRED, true),
                            run(NET, Deed.REKEYED, false),
                            run(NET, Deed.REPAIRED_INTERFACES, true),
                            run(NET, Deed.STOPPED, true),
                            run(GONE, Deed.REPAIRED, true),
                            routes)));
        }

        String net = "connection=\"home\",child=\"net\"";
        Exposition seen = collected(Set.of(NET));
        assertThat(seen.value("xfrmctl_watch_repairs_total{" + net + ",what=\"tables\",result=\"done\"}"))
                .isEqualTo(2);
        assertThat(seen.value("xfrmctl_watch_repairs_total{" + net + ",what=\"tables\",result=\"failed\"}"))
                .isZero();
        assertThat(seen.value("xfrmctl_watch_repairs_total{" + net + ",what=\"interfaces\",result=\"done\"}"))
                .isEqualTo(2);
        assertThat(seen.value("xfrmctl_watch_rekeys_total{" + net + ",result=\"done\"}"))
                .isZero();
        assertThat(seen.value("xfrmctl_watch_rekeys_total{" + net + ",result=\"failed\"}"))
                .isEqualTo(2);
        assertThat(seen.value("xfrmctl_watch_route_repairs_total{result=\"failed\"}"))
                .isEqualTo(2);
        assertThat(seen.value("xfrmctl_watch_troubles")).isOne();
        assertThat(seen.value("xfrmctl_watch_notes")).isEqualTo(2);
        assertThat(seen.samples().keySet()).noneMatch(series -> series.contains("gone"));
        assertThat(collected(Set.of()).samples().keySet()).noneMatch(series -> series.contains("interfaces"));
    }
}
