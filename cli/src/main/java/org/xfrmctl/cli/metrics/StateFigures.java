package org.xfrmctl.cli.metrics;

import java.util.List;
import java.util.OptionalLong;
import org.xfrmctl.cli.metrics.RunningTotals.Counts;
import org.xfrmctl.cli.metrics.RunningTotals.Flow;
import org.xfrmctl.manager.status.Expiry;
import org.xfrmctl.manager.status.SequenceUse;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.LifetimeLimits.Limit;
import org.xfrmctl.model.XfrmState;

/** Makes samples of one state, with the counters as the kernel has them. */
final class StateFigures {
    private static final String SOFT = "soft";
    private static final String HARD = "hard";

    private final Direction direction;
    private final XfrmState state;
    private final Flow flow;
    private final String spi;

    StateFigures(Direction direction, XfrmState state, Flow flow) {
        this.direction = direction;
        this.state = state;
        this.flow = flow;
        this.spi = state.id().spi().toString();
    }

    private List<String> labels() {
        return flow.labels(spi);
    }

    void collect(Scrape scrape) {
        Counts counts = Counts.of(state);
        scrape.count(Metric.STATE_BYTES, counts.bytes(), labels());
        scrape.count(Metric.STATE_PACKETS, counts.packets(), labels());
        if (flow.isRefusing()) {
            counts.refused()
                    .forEach(
                            (reason, packets) -> scrape.count(Metric.STATE_REFUSED, packets, flow.labels(spi, reason)));
        }
        times(scrape);
        limit(scrape, Metric.STATE_LIMIT_BYTES, state.limits().bytes());
        limit(scrape, Metric.STATE_LIMIT_PACKETS, state.limits().packets());
        SequenceUse.of(direction, state).ifPresent(use -> {
            scrape.add(Metric.SEQUENCE_USED, use.used().doubleValue(), labels());
            scrape.add(Metric.SEQUENCE_LEFT, use.left().doubleValue(), labels());
        });
    }

    private void times(Scrape scrape) {
        scrape.count(Metric.STATE_ADDED, state.current().addTime(), labels());
        if (state.current().useTime() != 0) {
            scrape.count(Metric.STATE_FIRST_USE, state.current().useTime(), labels());
        }
        OptionalLong lastUsed = state.options().extras().lastUsed();
        lastUsed.ifPresent(last -> scrape.count(Metric.STATE_LAST_USE, last, labels()));
        Expiry expiry = Expiry.of(state);
        expiry.soft().ifPresent(end -> scrape.count(Metric.STATE_EXPIRY, end, flow.labels(spi, SOFT)));
        expiry.hard().ifPresent(end -> scrape.count(Metric.STATE_EXPIRY, end, flow.labels(spi, HARD)));
    }

    private void limit(Scrape scrape, Metric metric, Limit limit) {
        if (limit.soft() != LifetimeLimits.INFINITE) {
            scrape.count(metric, limit.soft(), flow.labels(spi, SOFT));
        }
        if (limit.hard() != LifetimeLimits.INFINITE) {
            scrape.count(metric, limit.hard(), flow.labels(spi, HARD));
        }
    }
}
