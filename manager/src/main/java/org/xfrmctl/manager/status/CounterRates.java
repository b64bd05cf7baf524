package org.xfrmctl.manager.status;

import java.util.List;
import java.util.Optional;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.XfrmState;

/** A table with how fast its counters rose since the last look. */
public record CounterRates(CounterTable table, List<Row> rows) {
    public CounterRates {
        rows = List.copyOf(rows);
    }

    /**
     * A row of the table.
     *
     * @param speed empty for a state that was not there at the last look
     */
    public record Row(CounterTable.Row row, Optional<Speed> speed) {}

    /** By the second. */
    public record Speed(double bytes, double packets) {}

    /** Each of {@code now} against the one of its name in {@code before}, which is so many nanoseconds ago. */
    public static List<CounterRates> of(List<CounterTable> before, List<CounterTable> now, long nanos) {
        return now.stream()
                .map(table -> before.stream()
                        .filter(was -> was.name().equals(table.name()))
                        .findFirst()
                        .map(was -> since(was, table, nanos))
                        .orElseGet(() -> first(table)))
                .toList();
    }

    /** Without a look before. */
    public static CounterRates first(CounterTable table) {
        return new CounterRates(
                table,
                table.rows().stream().map(row -> new Row(row, Optional.empty())).toList());
    }

    static CounterRates since(CounterTable before, CounterTable now, long nanos) {
        return new CounterRates(
                now,
                now.rows().stream()
                        .map(row -> new Row(row, row.state().flatMap(state -> speed(before, state, nanos))))
                        .toList());
    }

    /** The same state, not one that came in its place under its SPI and has counted less. */
    private static Optional<Speed> speed(CounterTable before, XfrmState state, long nanos) {
        LifetimeCurrent now = state.current();
        return before.rows().stream()
                .flatMap(row -> row.state().stream())
                .filter(was -> was.key().equals(state.key())
                        && was.current().addTime() == now.addTime()
                        && was.current().packets() <= now.packets())
                .findFirst()
                .map(was -> new Speed(
                        (now.bytes() - was.current().bytes()) * 1e9 / nanos,
                        (now.packets() - was.current().packets()) * 1e9 / nanos));
    }
}
