package org.xfrmctl.bench.speed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/**
 * The contestants one after the other, round by round, so that whatever else the machine does meets all of them. Each
 * finds an empty table and leaves one.
 */
record Race(Subject subject, List<Contestant> contestants, XfrmClient observer) {
    Race {
        contestants = List.copyOf(contestants);
    }

    /**
     * Has each contestant add and delete a few entries.
     *
     * @throws IllegalStateException if they do not all make the same ones: then there is nothing to compare
     */
    void requireTheSameWork(int few) {
        requireEntries(0);
        List<?> expected = List.of();
        for (Contestant each : contestants) {
            each.time(Operation.ADD, few);
            requireEntries(few);
            List<?> made = subject.entries(observer);
            if (!expected.isEmpty() && !expected.equals(made)) {
                throw new IllegalStateException(each.name() + " does not make the " + subject.plural() + " that "
                        + contestants.get(0).name() + " makes");
            }
            expected = made;
            Tally.require(few, each.dumped(), subject.plural() + " in the dump of " + each.name());
            each.time(Operation.DELETE, few);
            requireEntries(0);
        }
    }

    /** Runs so many rounds with so many entries. */
    Results run(int rounds, int count) {
        Map<Results.Event, List<Duration>> took = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Contestant each : contestants) {
                for (Operation operation : Operation.values()) {
                    Duration time = each.time(operation, count);
                    requireEntries(operation == Operation.DELETE ? 0 : count);
                    took.computeIfAbsent(new Results.Event(operation, each), event -> new ArrayList<>())
                            .add(time);
                }
            }
        }
        return Results.of(count, took);
    }

    private void requireEntries(int expected) {
        Tally.require(expected, subject.count(observer), subject.plural() + " in the kernel");
    }
}
