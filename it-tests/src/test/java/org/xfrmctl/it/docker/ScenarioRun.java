package org.xfrmctl.it.docker;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.xfrmctl.cli.lab.LabHostSpec;
import org.xfrmctl.cli.lab.Scenario;
import org.xfrmctl.cli.lab.Step;
import org.xfrmctl.datapath.host.PingOptions;
import org.xfrmctl.datapath.host.PingOutcome;

/**
 * Carries out the steps of a lab file in containers: what the other backends do by calls, the shipped image does here by its
 * commands, and {@code ip} in the same network namespace is asked whether it is so.
 *
 * <p>The counters of {@code xfrm_stat} are looked at in the end: they must have risen by what all steps together were to
 * raise.
 */
final class ScenarioRun {
    private final Scenario scenario;
    private final ContainerLaboratory laboratory;
    private final List<String> failures = new ArrayList<>();
    private final Map<String, Map<String, Long>> risen = new HashMap<>();
    private final Set<String> risenAnyhow = new HashSet<>();

    private ScenarioRun(Scenario scenario, ContainerLaboratory laboratory) {
        this.scenario = scenario;
        this.laboratory = laboratory;
    }

    /** Wires the containers and runs every step; returns what was expected and is not so. */
    static List<String> run(ScenarioFiles files, ContainerLaboratory laboratory) {
        ScenarioRun run = new ScenarioRun(files.scenario(), laboratory);
        laboratory.wire(run.scenario.topology());
        Map<String, Map<String, Long>> before = run.statistics();
        new TreeMap<>(run.scenario.definitions())
                // Nobody takes anything away here: it need not look for that often.
                .forEach((host, file) -> laboratory.startGateway(host, ScenarioFiles.of(file), "--poll", "60"));
        run.scenario.steps().forEach(run::run);
        run.compareStatistics(before, run.statistics());
        return run.failures;
    }

    private void run(Step step) {
        System.out.println("containers: " + laboratory.name() + ": " + step);
        if (step instanceof Step.Run wanted) {
            wanted.hosts().forEach(host -> {
                List<String> words = new ArrayList<>(List.of(wanted.goal().toString()));
                words.addAll(wanted.children());
                ask(host, words);
            });
        } else if (step instanceof Step.Define define) {
            define.definitions()
                    .forEach((host, file) -> laboratory.gateway(host).define(ScenarioFiles.of(file)));
        } else if (step instanceof Step.Rekey rekey) {
            rekey.hosts().forEach(host -> {
                List<String> words = new ArrayList<>(List.of("rekey"));
                rekey.phase().ifPresent(phase -> words.addAll(List.of("--phase", phase.toString())));
                ask(host, words);
            });
        } else if (step instanceof Step.Ping ping) {
            ping(ping);
        } else if (step instanceof Step.Show show) {
            show(show);
        } else if (step instanceof Step.Expect expect) {
            expect(expect);
        } else {
            throw new IllegalArgumentException("there is no way yet to do this in containers: " + step);
        }
    }

    private String ask(String host, List<String> words) {
        return laboratory.gateway(host).ask(words.toArray(String[]::new)).text();
    }

    private void ping(Step.Ping ping) {
        PingOptions request = ping.request();
        PingOutcome result = laboratory.host(ping.from()).ping(request);
        if (result.received() != ping.expected()) {
            failures.add(ping + ": " + result);
        }
        ping.rises().forEach((host, rise) -> {
            if (rise instanceof Step.Rise.Exactly exactly) {
                exactly.counters()
                        .forEach((counter, by) -> risen.computeIfAbsent(host, key -> new TreeMap<>())
                                .merge(counter.toString(), by, Long::sum));
            } else {
                risenAnyhow.add(host);
            }
        });
    }

    private void show(Step.Show show) {
        switch (show.view()) {
            case STATE, COUNTERS -> counters(show.host());
            case STATUS -> ask(show.host(), List.of("status"));
            case POLICY -> {
                String ours = laboratory
                        .gateway(show.host())
                        .xfrmctl("policy", "list", "--ip-version", "6.1")
                        .text();
                String theirs =
                        laboratory.host(show.host()).run("ip", "xfrm", "policy").text();
                if (!ours.equals(theirs)) {
                    failures.add(show + ": xfrmctl policy prints\n" + ours + "and ip\n" + theirs);
                }
            }
            case FLOW, STATISTICS ->
                throw new IllegalArgumentException("there is no way yet to do this in containers: " + show);
        }
    }

    /** What {@code counters} says, after {@code ip -s xfrm state} was asked for the same states. */
    private JsonNode counters(String host) {
        StateCounts theirs = laboratory.host(host).states();
        JsonNode counters = laboratory.gateway(host).ask("counters", "--json").json();
        StateCounts ours = StateCounts.ofCounters(counters);
        if (!ours.equals(theirs)) {
            failures.add("counters of " + host + " are\n" + ours + "\nand ip -s xfrm state says\n" + theirs);
        }
        return counters;
    }

    private void expect(Step.Expect expect) {
        Map<String, StateCounts.Count> rows = new TreeMap<>();
        counters(expect.host())
                .forEach(child -> child.path("rows").forEach(row -> {
                    String state = row.path("state").asText();
                    rows.put(child.path("child").asText() + " " + state, StateCounts.count(row));
                    rows.put(state, StateCounts.count(row));
                }));
        for (Step.ExpectedRow expected : expect.rows()) {
            Optional<StateCounts.Count> row = Optional.ofNullable(rows.get(expected.label()));
            boolean isMet = row.filter(count -> count.packets() == expected.packets())
                    .filter(count -> expected.bytes()
                            .map(bytes -> bytes == count.bytes())
                            .orElse(true))
                    .isPresent();
            if (!isMet) {
                failures.add(expect.host() + ": " + expected + ", got " + row + " of " + rows);
            }
        }
    }

    private Map<String, Map<String, Long>> statistics() {
        Map<String, Map<String, Long>> all = new TreeMap<>();
        for (LabHostSpec host : scenario.topology().hosts()) {
            all.put(host.name(), laboratory.host(host.name()).statistics());
        }
        return all;
    }

    private void compareStatistics(Map<String, Map<String, Long>> before, Map<String, Map<String, Long>> after) {
        after.forEach((host, counters) -> {
            Map<String, Long> rise = new TreeMap<>();
            counters.forEach((counter, value) -> {
                long by = value - before.getOrDefault(host, Map.of()).getOrDefault(counter, 0L);
                if (by != 0) {
                    rise.put(counter, by);
                }
            });
            Map<String, Long> wanted = risen.getOrDefault(host, Map.of());
            if (!risenAnyhow.contains(host) && !rise.equals(wanted)) {
                failures.add("xfrm_stat of " + host + " has risen by " + rise + ", wanted is " + wanted);
            }
        });
    }
}
