package org.xfrmctl.bench;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Statistics;

/**
 * Runs the benchmarks and prints what each costs, as a multiple of the peer's time. A benchmark {@code x} has its peer in
 * {@code xPeer} of the same class. Takes JMH's arguments; what they do not give is
 * chosen so that {@link KernelBenchmark}, the slowest to warm up, has done so.
 */
public final class Ratios {
    private static final String PEER = "Peer";

    private Ratios() {}

    public static void main(String[] arguments) throws RunnerException, CommandLineOptionException {
        CommandLineOptions given = new CommandLineOptions(arguments);
        OptionsBuilder options = new OptionsBuilder();
        options.parent(given);
        options.mode(Mode.AverageTime).timeUnit(TimeUnit.NANOSECONDS);
        options.forks(given.getForkCount().orElse(2));
        options.warmupIterations(given.getWarmupIterations().orElse(20));
        options.warmupTime(given.getWarmupTime().orElse(TimeValue.seconds(1)));
        options.measurementIterations(given.getMeasurementIterations().orElse(5));
        options.measurementTime(given.getMeasurementTime().orElse(TimeValue.seconds(1)));
        System.out.print(table(new Runner(options.build()).run()));
    }

    static String table(Collection<RunResult> results) {
        Map<String, Statistics> times = new TreeMap<>();
        for (RunResult result : results) {
            String[] name = result.getParams().getBenchmark().split("\\.", -1);
            times.put(
                    name[name.length - 2] + "." + name[name.length - 1],
                    result.getPrimaryResult().getStatistics());
        }
        StringBuilder table = new StringBuilder(row("benchmark", "ns", "peer ns", "ratio", "from", "to"));
        times.forEach((name, ours) -> {
            Statistics peer = times.get(name + PEER);
            if (peer != null) {
                table.append(row(name, ours, peer));
            }
        });
        return table.toString();
    }

    /** The ratio of the medians, and the least and greatest that any two iterations give. */
    private static String row(String name, Statistics ours, Statistics peer) {
        double ourMedian = ours.getPercentile(50);
        double peerMedian = peer.getPercentile(50);
        return row(
                name,
                number("%.0f", ourMedian),
                number("%.0f", peerMedian),
                number("%.2f", ourMedian / peerMedian),
                number("%.2f", ours.getMin() / peer.getMax()),
                number("%.2f", ours.getMax() / peer.getMin()));
    }

    private static String row(String name, String... cells) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-32s", name));
        for (String cell : cells) {
            line.append(String.format(Locale.ROOT, " %10s", cell));
        }
        return line.append('\n').toString();
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
