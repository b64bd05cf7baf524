package org.xfrmctl.cli.render;

import java.util.List;
import org.xfrmctl.manager.status.CounterTable;

/** Counters as JSON: {@code [{"child", "rows": [{"state", "spi", "bytes", "packets", "note"}]}]}. */
public final class CountersJson {
    private CountersJson() {}

    public static String print(List<CounterTable> tables) {
        return Json.print(tables.stream().map(CountersJson::table).toList());
    }

    private static Object table(CounterTable table) {
        return Json.object(
                "child", table.name().toString(),
                "rows", table.rows().stream().map(CountersJson::row).toList());
    }

    private static Object row(CounterTable.Row row) {
        return Json.object(
                "state", row.label(),
                "spi", row.state().map(state -> state.id().spi().toString()),
                "bytes", row.counters().map(current -> Json.unsigned(current.bytes())),
                "packets", row.counters().map(current -> Json.unsigned(current.packets())),
                "note", row.note());
    }
}
