package org.xfrmctl.bench;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.util.ListStatistics;

/** Runs the {@link Duel}s and prints what each costs, as a multiple of the peer's time. Takes JMH's arguments. */
public final class Ratios {
    private Ratios() {}

    public static void main(String[] arguments) throws RunnerException, CommandLineOptionException {
        System.out.print(table(new Runner(new CommandLineOptions(arguments)).run()));
    }

    private static String table(Collection<RunResult> results) {
        Map<String, String> rows = new TreeMap<>();
        for (RunResult result : results) {
            String name = name(result.getParams());
            ListStatistics ratio = iterations(result, "ratio");
            rows.put(
                    name,
                    row(
                            name,
                            number("%.0f", iterations(result, "ours").getPercentile(50)),
                            number("%.0f", iterations(result, "peer").getPercentile(50)),
                            number("%.2f", ratio.getPercentile(50)),
                            number("%.2f", ratio.getMin()),
                            number("%.2f", ratio.getMax())));
        }
        return row("benchmark", "ns", "peer ns", "ratio", "from", "to") + String.join("", rows.values());
    }

    /** The class and its parameters, numbers in the order of their size. */
    private static String name(BenchmarkParams params) {
        String[] path = params.getBenchmark().split("\\.", -1);
        StringBuilder name = new StringBuilder(path[path.length - 2].replace("Benchmark", ""));
        for (String key : params.getParamsKeys()) {
            name.append(String.format(Locale.ROOT, " %6s", params.getParam(key)));
        }
        return name.toString();
    }

    /** What {@link Turns} made of each iteration. */
    private static ListStatistics iterations(RunResult result, String what) {
        ListStatistics values = new ListStatistics();
        for (BenchmarkResult fork : result.getBenchmarkResults()) {
            for (IterationResult iteration : fork.getIterationResults()) {
                values.addValue(
                        Objects.requireNonNull(iteration.getSecondaryResults().get(what), what)
                                .getScore());
            }
        }
        return values;
    }

    private static String row(String name, String... cells) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-24s", name));
        for (String cell : cells) {
            line.append(String.format(Locale.ROOT, " %8s", cell));
        }
        return line.append('\n').toString();
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
