package org.xfrmctl.cli.metrics;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The samples of one scrape, and their text (Prometheus' text format, version 0.0.4). Prometheus takes nothing of a scrape in
 * which a series stands twice, so there is one sample of each: of a counter the sum, of a gauge the first. Not safe for several
 * threads.
 */
public final class Scrape {
    /** Up to here each whole number is a double of its own. */
    private static final double EXACT = 0x1p53;

    private final Map<Metric, Map<List<String>, Double>> samples = new EnumMap<>(Metric.class);

    /**
     * Adds a sample.
     *
     * @param labels their values, in the order of {@link Metric#labels()}
     * @throws IllegalArgumentException if there are fewer or more of them
     */
    public void add(Metric metric, double value, String... labels) {
        add(metric, value, List.of(labels));
    }

    void add(Metric metric, double value, List<String> labels) {
        if (labels.size() != metric.labels().size()) {
            throw new IllegalArgumentException(
                    metric + " has the labels " + metric.labels() + " and was given " + labels);
        }
        samples.computeIfAbsent(metric, each -> new LinkedHashMap<>())
                .merge(labels, value, metric.type() == Metric.Type.COUNTER ? Double::sum : (first, second) -> first);
    }

    /** As above, of a whole number: the kernel's have 64 bits without a sign. */
    public void count(Metric metric, long value, String... labels) {
        count(metric, value, List.of(labels));
    }

    void count(Metric metric, long value, List<String> labels) {
        add(metric, value >= 0 ? (double) value : ((value >>> 1) | (value & 1)) * 2.0, labels);
    }

    /** Adds what another one has. */
    void addAll(Scrape other) {
        other.samples.forEach((metric, series) -> series.forEach((labels, value) -> add(metric, value, labels)));
    }

    /** Metrics without a sample are left out. */
    public String text() {
        StringBuilder text = new StringBuilder();
        samples.forEach((metric, series) -> {
            text.append("# HELP " + metric + " " + escaped(metric.help()) + "\n");
            text.append("# TYPE " + metric + " " + metric.type() + "\n");
            series.forEach((labels, value) -> append(text, metric, labels, value));
        });
        return text.toString();
    }

    private static void append(StringBuilder text, Metric metric, List<String> values, double value) {
        text.append(metric);
        for (int i = 0; i < values.size(); i++) {
            text.append(i == 0 ? '{' : ',')
                    .append(metric.labels().get(i))
                    .append("=\"")
                    .append(escaped(values.get(i)).replace("\"", "\\\""))
                    .append('"');
        }
        text.append(values.isEmpty() ? " " : "} ").append(number(value)).append('\n');
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n");
    }

    /** As Go reads it: a whole number as such, others with a point. */
    private static String number(double value) {
        return Math.abs(value) <= EXACT && value == Math.rint(value)
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
