package org.xfrmctl.cli.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.xfrmctl.cli.render.TextTable.Column;
import org.xfrmctl.manager.status.CounterRates;
import org.xfrmctl.manager.status.CounterTable;
import org.xfrmctl.manager.status.Gain;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.StateStatistics;
import org.xfrmctl.model.XfrmState;

/** A child's counters as a table for a terminal. */
public final class CountersText {
    private CountersText() {}

    /** The child's name and a row for each state; a state that is missing has dashes. */
    public static String print(CounterTable counters) {
        TextTable table = new TextTable(
                Column.text("state"),
                Column.text("spi"),
                Column.number("bytes"),
                Column.number("packets"),
                Column.text("what it means"));
        for (CounterTable.Row row : counters.rows()) {
            table.row(row.label(), spi(row), bytes(row), packets(row), row.note() + refused(row, " "));
        }
        return counters.name() + "\n" + table.print() + gains(counters);
    }

    /** The same with what came since the last look, by the second, in place of what it means. */
    public static String print(CounterRates rates) {
        TextTable table = new TextTable(
                Column.text("state"),
                Column.text("spi"),
                Column.number("bytes"),
                Column.number("packets"),
                Column.number("bytes/s"),
                Column.number("packets/s"),
                Column.text("refused"));
        rates.rows()
                .forEach(rate -> table.row(
                        rate.row().label(),
                        spi(rate.row()),
                        bytes(rate.row()),
                        packets(rate.row()),
                        perSecond(rate.speed().map(CounterRates.Speed::bytes)),
                        perSecond(rate.speed().map(CounterRates.Speed::packets)),
                        refused(rate.row(), "")));
        return rates.table().name() + "\n" + table.print() + gains(rates.table());
    }

    private static String perSecond(Optional<Double> speed) {
        return speed.map(value -> String.format(Locale.ROOT, value < 10 ? "%.1f" : "%.0f", value))
                .orElse("-");
    }

    private static String spi(CounterTable.Row row) {
        return row.state().map(XfrmState::id).map(id -> id.spi().toString()).orElse("-");
    }

    private static String bytes(CounterTable.Row row) {
        return row.counters()
                .map(LifetimeCurrent::bytes)
                .map(Long::toUnsignedString)
                .orElse("-");
    }

    private static String packets(CounterTable.Row row) {
        return row.counters()
                .map(LifetimeCurrent::packets)
                .map(Long::toUnsignedString)
                .orElse("-");
    }

    private static String refused(CounterTable.Row row, String before) {
        List<String> parts = refused(row);
        return parts.isEmpty() ? "" : before + "Refused: " + String.join(", ", parts) + ".";
    }

    /** What the state refused, by reason; nothing if it refused nothing. */
    static List<String> refused(CounterTable.Row row) {
        StateStatistics refused = row.refused();
        List<String> parts = new ArrayList<>();
        add(parts, refused.replayWindow(), "too late for the replay window");
        add(parts, refused.replay(), "replayed");
        add(parts, refused.integrityFailed(), "not authentic");
        return parts;
    }

    private static void add(List<String> parts, int number, String what) {
        if (number != 0) {
            parts.add(Integer.toUnsignedString(number) + " " + what);
        }
    }

    private static String gains(CounterTable counters) {
        StringBuilder text = new StringBuilder();
        for (Gain gain : counters.gains()) {
            text.append("compression ")
                    .append(gain.direction())
                    .append(": ")
                    .append(gain.plain())
                    .append(" bytes became ")
                    .append(gain.packed())
                    .append(", ")
                    .append(gain.percent())
                    .append("%, in ")
                    .append(Count.of(gain.packets(), "packet"))
                    .append('\n');
        }
        return text.toString();
    }
}
