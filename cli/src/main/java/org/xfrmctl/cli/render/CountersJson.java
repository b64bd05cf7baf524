package org.xfrmctl.cli.render;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xfrmctl.manager.status.CounterRates;
import org.xfrmctl.manager.status.CounterTable;
import org.xfrmctl.manager.status.Gain;
import org.xfrmctl.model.StateStatistics;

/**
 * Counters as JSON: {@code [{"child", "rows": [{"state", "spi", "src", "dst", "bytes", "packets", "refused": {"replay_window",
 * "replay", "failed"}, "note"}], "compression": [{"direction", "packets", "plain", "packed"}]}]}; with rates one object on a
 * line, {@code {"time", "children": […]}}, whose rows have {@code "bytes_per_second"} and {@code "packets_per_second"}.
 */
public final class CountersJson {
    private CountersJson() {}

    public static String print(List<CounterTable> tables) {
        return Json.print(tables.stream()
                .map(table -> table(
                        table, table.rows().stream().map(CountersJson::row).toList()))
                .toList());
    }

    /** One look of several, at this time in Unix milliseconds. */
    public static String printLine(long time, List<CounterRates> looks) {
        List<Map<String, Object>> children = looks.stream()
                .map(look -> table(
                        look.table(),
                        look.rows().stream().map(CountersJson::row).toList()))
                .toList();
        return Json.printLine(Json.object("time", time, "children", children));
    }

    private static Map<String, Object> table(CounterTable table, List<Map<String, Object>> rows) {
        return Json.object(
                "child",
                table.name(),
                "rows",
                rows,
                "compression",
                Optional.of(table.gains().stream().map(CountersJson::gain).toList())
                        .filter(gains -> !gains.isEmpty()));
    }

    private static Map<String, Object> gain(Gain gain) {
        return Json.object(
                "direction",
                gain.direction().toString(),
                "packets",
                gain.packets(),
                "plain",
                gain.plain(),
                "packed",
                gain.packed());
    }

    private static Map<String, Object> row(CounterRates.Row rate) {
        return Json.join(
                row(rate.row()),
                Json.object(
                        "bytes_per_second", rate.speed().map(CounterRates.Speed::bytes),
                        "packets_per_second", rate.speed().map(CounterRates.Speed::packets)));
    }

    private static Map<String, Object> row(CounterTable.Row row) {
        return Json.object(
                "state", row.label(),
                "spi", row.state().map(state -> state.id().spi().toString()),
                "src", row.state().map(state -> state.source().toString()),
                "dst", row.state().map(state -> state.id().destination().toString()),
                "bytes", row.counters().map(current -> Json.unsigned(current.bytes())),
                "packets", row.counters().map(current -> Json.unsigned(current.packets())),
                "refused", refused(row.refused()),
                "note", row.note());
    }

    private static Optional<Map<String, Object>> refused(StateStatistics refused) {
        return refused.equals(StateStatistics.NONE)
                ? Optional.empty()
                : Optional.of(Json.object(
                        "replay_window", Json.unsigned(refused.replayWindow()),
                        "replay", Json.unsigned(refused.replay()),
                        "failed", Json.unsigned(refused.integrityFailed())));
    }
}
