package org.xfrmctl.cli.lab;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.xfrmctl.datapath.host.PingOutcome;
import org.xfrmctl.datapath.host.TransferOutcome;
import org.xfrmctl.manager.probe.HostProbe;
import org.xfrmctl.manager.probe.ProbeLimits;
import org.xfrmctl.manager.probe.ProbeReport;
import org.xfrmctl.manager.probe.ProbingHost;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.manager.status.CounterTable;
import org.xfrmctl.manager.watch.Keeper;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.XfrmCounter;
import org.xfrmctl.model.definition.KeyGeneration;

/** Runs a scenario's steps in order on either backend and tells a {@link LabListener} what came of each. */
public final class LabRunner implements AutoCloseable {
    /** A lab's links take no time, and lose nothing unless told to. */
    private static final ProbeLimits LIMITS =
            new ProbeLimits(2, 300, 60_000, () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));

    private final Scenario scenario;
    private final Laboratory laboratory;
    private final Map<Path, Wanted> compiled = new HashMap<>();
    private final Map<String, ManagedHost> managed = new LinkedHashMap<>();

    /** The hosts' definitions are compiled at once, so that a bad one is found before anything runs. */
    public LabRunner(Scenario scenario, Laboratory laboratory) {
        this(scenario, laboratory, (name, bytes) -> new KeyGeneration(new SecureRandom()).generate(bytes));
    }

    /** With another source of generated keys: called once for each secret's name with the bytes that it needs. */
    public LabRunner(Scenario scenario, Laboratory laboratory, BiFunction<String, Integer, Key> keys) {
        this.scenario = scenario;
        this.laboratory = laboratory;
        LabSecrets secrets = new LabSecrets(scenario, keys);
        // In the order of their names, so that generated keys do not depend on a map's order.
        for (Path file : new TreeSet<>(scenario.files().toList())) {
            compiled.put(file, secrets.compile(file));
        }
        try {
            scenario.topology()
                    .hosts()
                    .forEach(host -> IcmpFilter.install(laboratory.host(host.name()), host.filters()));
            new TreeMap<>(scenario.definitions())
                    .forEach((name, file) ->
                            managed.put(name, new ManagedHost(laboratory.host(name), wanted(name, file))));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private Wanted wanted(String host, Path file) {
        return Optional.ofNullable(compiled.get(file))
                .orElseThrow(() -> new AssertionError(file + " of " + host + " was not compiled"));
    }

    /** A host with a definition. */
    public ManagedHost managed(String name) {
        return Optional.ofNullable(managed.get(name))
                .orElseThrow(() -> new IllegalArgumentException("host " + name + " has no definition"));
    }

    /** Runs every step, also after one whose expectation was not met. */
    public List<StepResult> run(LabListener listener) {
        List<StepResult> results = new ArrayList<>();
        for (Step step : scenario.steps()) {
            listener.started(step);
            StepResult result = run(step);
            results.add(result);
            listener.finished(result);
        }
        return results;
    }

    private StepResult run(Step step) {
        if (step instanceof Step.Run run) {
            run.hosts().forEach(host -> managed(host).run(run.goal(), run.children()));
            return new StepResult.Done(step);
        }
        if (step instanceof Step.Look look) {
            return look(look);
        }
        if (step instanceof Step.Interface made) {
            made.hosts().stream().map(this::managed).forEach(host -> {
                if (made.up()) {
                    host.interfacesUp(made.names());
                } else {
                    host.interfacesDown(made.names());
                }
            });
            return new StepResult.Done(step);
        }
        if (step instanceof Step.Firewall firewall) {
            firewall.hosts().stream().map(this::managed).forEach(ManagedHost::installFirewall);
            return new StepResult.Done(step);
        }
        if (step instanceof Step.Define define) {
            define.definitions().forEach((host, file) -> managed(host).define(wanted(host, file)));
            return new StepResult.Done(step);
        }
        if (step instanceof Step.Rekey rekey) {
            rekey.hosts()
                    .forEach(host -> rekey.phase()
                            .ifPresentOrElse(
                                    phase -> managed(host).run(phase),
                                    () -> managed(host).rekey()));
            return new StepResult.Done(step);
        }
        if (step instanceof Step.Ping ping) {
            return ping(ping);
        }
        if (step instanceof Step.Echo echo) {
            return echo(echo);
        }
        if (step instanceof Step.Transfer transfer) {
            return transfer(transfer);
        }
        if (step instanceof Step.Probe probe) {
            return probe(probe);
        }
        if (step instanceof Step.Show show) {
            return new StepResult.Shown(show, new LabView(laboratory, this).text(show));
        }
        if (step instanceof Step.Expect expect) {
            return new StepResult.Compared(expect, failures(expect));
        }
        throw new AssertionError(step);
    }

    private StepResult look(Step.Look step) {
        List<String> done = new ArrayList<>();
        List<String> troubles = new ArrayList<>();
        for (String host : step.hosts()) {
            Keeper.Look look = managed(host).look();
            done.addAll(look.done());
            troubles.addAll(look.troubles());
        }
        return new StepResult.Looked(step, done, troubles);
    }

    private StepResult ping(Step.Ping ping) {
        CounterRises rises = new CounterRises(laboratory, scenario.topology());
        PingOutcome result = laboratory.host(ping.from()).ping(ping.request());
        return pinged(ping, result, rises, received(ping.expected(), result.received(), "received"), ping.rises());
    }

    private StepResult echo(Step.Echo echo) {
        CounterRises rises = new CounterRises(laboratory, scenario.topology());
        PingOutcome result = laboratory.echo(echo.from(), echo.request());
        return pinged(echo, result, rises, received(echo.expected(), result.received(), "received"), echo.rises());
    }

    private static StepResult pinged(
            Step step, PingOutcome result, CounterRises counters, List<String> unmet, Map<String, Step.Rise> expected) {
        Map<String, Map<XfrmCounter, Long>> rises = counters.now();
        List<String> failures = new ArrayList<>(unmet);
        failures.addAll(counters.failures(rises, expected));
        return new StepResult.Pinged(step, result, rises, failures);
    }

    private StepResult transfer(Step.Transfer transfer) {
        CounterRises counters = new CounterRises(laboratory, scenario.topology());
        TransferOutcome result = laboratory.transfer(transfer.from(), transfer.request());
        Map<String, Map<XfrmCounter, Long>> rises = counters.now();
        List<String> failures = new ArrayList<>(unmet(transfer, result));
        failures.addAll(counters.failures(rises, transfer.rises()));
        return new StepResult.Transferred(transfer, result, rises, failures);
    }

    private StepResult probe(Step.Probe probe) {
        CounterRises counters = new CounterRises(laboratory, scenario.topology());
        Step.ProbeRequest request = probe.request();
        ProbeReport report = request.child()
                .map(child -> managed(probe.from()).probe(child, request.ends(), LIMITS))
                .orElseGet(() -> probe(probe.from(), request));
        Map<String, Map<XfrmCounter, Long>> rises = counters.now();
        List<String> failures = new ArrayList<>();
        probe.verdict()
                .filter(expected -> expected != report.verdict())
                .ifPresent(expected ->
                        failures.add("expected the verdict \"" + expected + "\", got \"" + report.verdict() + "\""));
        int passes = report.soundings().passes();
        probe.passes()
                .filter(expected -> expected != passes)
                .ifPresent(
                        expected -> failures.add("expected packets of " + expected + " bytes to pass, got " + passes));
        failures.addAll(counters.failures(rises, probe.rises()));
        return new StepResult.Probed(probe, report, rises, failures);
    }

    private ProbeReport probe(String from, Step.ProbeRequest request) {
        try (ProbingHost host = laboratory.host(from).openProbing(List.of())) {
            return new HostProbe(host, LIMITS).run(request.ends(), request.tunnelMtu());
        }
    }

    /** A file that is to arrive whole has an end: both programs see the other's, and nothing comes behind it. */
    static List<String> unmet(Step.Transfer transfer, TransferOutcome result) {
        List<String> unmet = new ArrayList<>(received(transfer.expected(), result.received(), "bytes to arrive"));
        boolean whole = transfer.expected() == transfer.request().bytes();
        if (whole && unmet.isEmpty() && !result.closed()) {
            unmet.add("expected the connection to end, "
                    + result.error().map(reason -> "got: " + reason).orElse("it did not"));
        }
        return unmet;
    }

    private static List<String> received(int expected, int got, String what) {
        return got == expected ? List.of() : List.of("expected " + expected + " " + what + ", got " + got);
    }

    /** Rows by {@code home/net ESP out}, and by {@code ESP out} where only one child of the host has such a row. */
    private Map<String, CounterTable.Row> rows(String host) {
        Map<String, CounterTable.Row> rows = new TreeMap<>();
        Set<String> seen = new HashSet<>();
        managed(host)
                .counters()
                .forEach(table -> table.rows().forEach(row -> {
                    rows.put(table.name() + " " + row.label(), row);
                    if (seen.add(row.label())) {
                        rows.put(row.label(), row);
                    } else {
                        rows.remove(row.label());
                    }
                }));
        return rows;
    }

    private List<String> failures(Step.Expect expect) {
        Map<String, CounterTable.Row> rows = rows(expect.host());
        List<String> failures = new ArrayList<>();
        for (Step.ExpectedRow expected : expect.rows()) {
            Optional<CounterTable.Row> row = Optional.ofNullable(rows.get(expected.label()));
            long packets = row.flatMap(CounterTable.Row::counters)
                    .map(counters -> counters.packets())
                    .orElse(-1L);
            long bytes = row.flatMap(CounterTable.Row::counters)
                    .map(counters -> counters.bytes())
                    .orElse(-1L);
            boolean sameBytes = expected.bytes().map(wanted -> wanted == bytes).orElse(true);
            if (row.isEmpty() || packets != expected.packets() || !sameBytes) {
                failures.add("expected " + expected.label() + " to count "
                        + expected.bytes().map(wanted -> wanted + " bytes in ").orElse("") + expected.packets()
                        + " packets, got "
                        + (row.isEmpty() ? "no such row of " + rows.keySet() : bytes + " bytes in " + packets));
            }
        }
        return failures;
    }

    @Override
    public void close() {
        managed.values().forEach(ManagedHost::close);
    }
}
