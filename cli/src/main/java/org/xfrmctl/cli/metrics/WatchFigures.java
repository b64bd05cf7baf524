package org.xfrmctl.cli.metrics;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.xfrmctl.manager.watch.Deed;
import org.xfrmctl.manager.watch.Keeper;
import org.xfrmctl.manager.watch.KeptRun;
import org.xfrmctl.model.definition.ChildName;

/** What a watch has done since it began, and how its last look ended. Safe for several threads. */
public final class WatchFigures {
    private static final String DONE = "done";
    private static final String FAILED = "failed";

    private final Clock clock;
    /** Guarded by this, as are the following. */
    private final Map<KeptRun, Long> runs = new HashMap<>();

    private Optional<Instant> lastLook = Optional.empty();
    private int troubles;
    private int notes;

    public WatchFigures(Clock clock) {
        this.clock = clock;
    }

    /** What came of a look, which may have been no more than that it could not be made. */
    public synchronized void told(Keeper.Look look) {
        look.runs().forEach(run -> runs.merge(run, 1L, Long::sum));
        troubles = look.troubles().size();
        notes = look.notes().size();
    }

    /** A look has ended, or there was nothing to be seen. */
    public synchronized void looked() {
        lastLook = Optional.of(clock.instant());
    }

    /**
     * Tells of it. What has not happened yet is told as 0, so that the first time is seen as a rise.
     *
     * @param children those that are defined, of whom alone it is told
     * @param withInterfaces those that use interfaces
     */
    public synchronized void collect(Scrape scrape, Set<ChildName> children, Set<ChildName> withInterfaces) {
        lastLook.ifPresent(at -> scrape.add(Metric.LAST_LOOK, at.toEpochMilli() / 1000.0));
        scrape.add(Metric.TROUBLES, troubles);
        scrape.add(Metric.NOTES, notes);
        for (ChildName child : children) {
            add(scrape, Metric.REPAIRS, Optional.of(child), Deed.REPAIRED, "tables");
            if (withInterfaces.contains(child)) {
                add(scrape, Metric.REPAIRS, Optional.of(child), Deed.REPAIRED_INTERFACES, "interfaces");
            }
            add(scrape, Metric.REKEYS, Optional.of(child), Deed.REKEYED);
        }
        add(scrape, Metric.ROUTE_REPAIRS, Optional.empty(), Deed.REPAIRED_ROUTES);
    }

    private void add(Scrape scrape, Metric metric, Optional<ChildName> child, Deed deed, String... what) {
        for (boolean isDone : new boolean[] {true, false}) {
            String[] labels = Stream.of(
                            child.stream().flatMap(name -> Stream.of(name.connection(), name.child())),
                            Stream.of(what),
                            Stream.of(isDone ? DONE : FAILED))
                    .flatMap(each -> each)
                    .toArray(String[]::new);
            scrape.count(metric, runs.getOrDefault(new KeptRun(child, deed, isDone), 0L), labels);
        }
    }
}
