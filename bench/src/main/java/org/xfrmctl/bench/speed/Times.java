package org.xfrmctl.bench.speed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** How long the same thing took in each round, in nanoseconds, or the ratios of two such. */
record Times(List<Double> rounds) {
    Times {
        rounds = List.copyOf(rounds);
        if (rounds.isEmpty()) {
            throw new IllegalArgumentException("no round was run");
        }
    }

    static Times of(List<Duration> rounds) {
        return new Times(rounds.stream().map(round -> (double) round.toNanos()).toList());
    }

    /** What {@code other} took as a multiple of this, round by round. */
    Times speedOver(Times other) {
        return new Times(IntStream.range(0, rounds.size())
                .mapToObj(i -> other.rounds.get(i) / rounds.get(i))
                .toList());
    }

    /** What {@code other} took at least as a multiple of what this took at least. */
    String bestOver(Times other, String format) {
        return number(format, other.least() / least());
    }

    /** By how much this took longer, round by round. */
    Times over(Times other) {
        return new Times(IntStream.range(0, rounds.size())
                .mapToObj(i -> rounds.get(i) - other.rounds.get(i))
                .toList());
    }

    Times dividedBy(double divisor) {
        return new Times(rounds.stream().map(round -> round / divisor).toList());
    }

    double median() {
        List<Double> sorted = new ArrayList<>(rounds);
        sorted.sort(null);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private double least() {
        return rounds.stream().min(Double::compare).orElseThrow();
    }

    private double greatest() {
        return rounds.stream().max(Double::compare).orElseThrow();
    }

    /** The median, and the least and the greatest round behind it. */
    String text(String format) {
        return number(format, median()) + " (" + number(format, least()) + " to " + number(format, greatest()) + ")";
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
