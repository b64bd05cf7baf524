package org.xfrmctl.it.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.xfrmctl.cli.lab.LabRunner;
import org.xfrmctl.cli.lab.Laboratory;
import org.xfrmctl.cli.lab.Scenario;
import org.xfrmctl.cli.lab.StepResult;
import org.xfrmctl.it.scenario.ScenarioRecord.StepRecord;
import org.xfrmctl.it.scenario.ScenarioRecord.TextRecord;
import org.xfrmctl.manager.status.CounterTable;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.XfrmCounter;

/** Runs a scenario in a laboratory and keeps what can be compared. */
final class ScenarioExecution {
    private final Scenario scenario;
    private final Laboratory laboratory;
    private final TextComparison texts;
    private final BiFunction<String, Integer, Key> keys;

    /** Prints the state and policy tables of a host in our words and in iproute2's. */
    interface TextComparison {
        List<TextRecord> compare(String host);
    }

    ScenarioExecution(
            Scenario scenario, Laboratory laboratory, TextComparison texts, BiFunction<String, Integer, Key> keys) {
        this.keys = keys;
        this.scenario = scenario;
        this.laboratory = laboratory;
        this.texts = texts;
    }

    ScenarioRecord run(String name) {
        List<StepRecord> steps = new ArrayList<>();
        List<TextRecord> compared = new ArrayList<>();
        try (LabRunner runner = new LabRunner(scenario, laboratory, keys)) {
            runner.run(result -> {
                steps.add(record(result, counters(runner)));
                if (result instanceof StepResult.Shown shown) {
                    compared.addAll(texts.compare(shown.step().host()));
                }
            });
            // Also where the scenario shows nothing, or took everything down.
            scenario.definitions().keySet().stream().sorted().forEach(host -> compared.addAll(texts.compare(host)));
        }
        return new ScenarioRecord(name, steps, compared);
    }

    private static StepRecord record(StepResult result, SortedMap<String, SortedMap<String, String>> counters) {
        SortedMap<String, SortedMap<String, Long>> rises = new TreeMap<>();
        int received = -1;
        if (result instanceof StepResult.Pinged pinged) {
            received = pinged.result().received();
            named(pinged.rises(), rises);
        }
        if (result instanceof StepResult.Transferred transferred) {
            received = transferred.result().received();
            named(transferred.rises(), rises);
        }
        if (result instanceof StepResult.Probed probed) {
            received = probed.report().soundings().passes();
            named(probed.rises(), rises);
        }
        return new StepRecord(result.step().toString(), received, rises, counters, result.failures());
    }

    private static void named(
            Map<String, Map<XfrmCounter, Long>> rises, SortedMap<String, SortedMap<String, Long>> byName) {
        rises.forEach((host, rise) -> {
            SortedMap<String, Long> named = new TreeMap<>();
            rise.forEach((counter, by) -> named.put(counter.toString(), by));
            byName.put(host, named);
        });
    }

    private SortedMap<String, SortedMap<String, String>> counters(LabRunner runner) {
        SortedMap<String, SortedMap<String, String>> all = new TreeMap<>();
        for (String host : scenario.definitions().keySet()) {
            SortedMap<String, String> rows = new TreeMap<>();
            for (CounterTable table : runner.managed(host).counters()) {
                table.rows()
                        .forEach(row -> rows.put(
                                table.name() + " " + row.label(),
                                row.counters()
                                        .map(current -> current.bytes() + "/" + current.packets())
                                        .orElse("-")));
            }
            all.put(host, rows);
        }
        return all;
    }
}
