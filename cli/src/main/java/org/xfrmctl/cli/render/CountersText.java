package org.xfrmctl.cli.render;

import org.xfrmctl.cli.render.TextTable.Column;
import org.xfrmctl.manager.status.CounterTable;
import org.xfrmctl.model.LifetimeCurrent;

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
            table.row(
                    row.label(),
                    row.state().map(state -> state.id().spi().toString()).orElse("-"),
                    row.counters()
                            .map(LifetimeCurrent::bytes)
                            .map(Long::toUnsignedString)
                            .orElse("-"),
                    row.counters()
                            .map(LifetimeCurrent::packets)
                            .map(Long::toUnsignedString)
                            .orElse("-"),
                    row.note());
        }
        return counters.name() + "\n" + table.print();
    }
}
