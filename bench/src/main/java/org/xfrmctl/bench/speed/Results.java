package org.xfrmctl.bench.speed;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a race took.
 *
 * @param count of how many entries
 */
record Results(int count, Map<Event, Times> times) {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    record Event(Operation operation, Contestant contestant) {}

    static Results of(int count, Map<Event, List<Duration>> took) {
        Map<Event, Times> times = new LinkedHashMap<>();
        took.forEach((event, rounds) -> times.put(event, Times.of(rounds)));
        return new Results(count, times);
    }

    /**
     * One row for what each contestant does, compared with what two of them take for it: round by round, and by the least
     * times, which other load disturbs least.
     */
    String table(Contestant ip, Contestant loop) {
        MarkdownTable table = new MarkdownTable(
                2,
                "",
                "by",
                "ms",
                "a second",
                "times as fast as " + ip.name(),
                "by the least",
                "as " + loop.name(),
                "by the least");
        for (Operation operation : Operation.values()) {
            times.forEach((event, each) -> {
                if (event.operation() == operation) {
                    table.row(
                            operation.word(),
                            event.contestant().name(),
                            each.dividedBy(NANOS_PER_MILLI).text("%.1f"),
                            String.format(Locale.ROOT, "%,.0f", count * NANOS_PER_SECOND / each.median()),
                            each.speedOver(of(operation, ip)).text("%.2f"),
                            each.bestOver(of(operation, ip), "%.2f"),
                            each.speedOver(of(operation, loop)).text("%.2f"),
                            each.bestOver(of(operation, loop), "%.2f"));
                }
            });
        }
        return table.toString();
    }

    private Times of(Operation operation, Contestant contestant) {
        Times found = times.get(new Event(operation, contestant));
        if (found == null) {
            throw new IllegalArgumentException(contestant.name() + " did not " + operation.word());
        }
        return found;
    }
}
