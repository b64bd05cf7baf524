package org.xfrmctl.manager.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.xfrmctl.model.definition.ChildName;

/**
 * The children for which something could not be done. Each is left alone for a while, which is twice as long each time, so
 * that what fails again and again neither keeps a watch busy nor makes it deaf for the others. Safe for several threads.
 */
public final class Rests {
    private static final Duration SHORTEST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final Duration UNSTOPPED = Duration.ofSeconds(30);

    private record Rest(Instant until, Duration length, List<String> troubles) {}

    private final Map<ChildName, Rest> rests = new HashMap<>();
    /** When it may be tried again to stop a child. */
    private final Map<ChildName, Instant> unstopped = new HashMap<>();

    /** What was the matter with a child that rests; empty if it does not. */
    synchronized List<String> troubles(ChildName child, Instant now) {
        Rest rest = rests.get(child);
        return rest == null || !now.isBefore(rest.until()) ? List.of() : rest.troubles();
    }

    /** A child was looked after, and this could not be done; if nothing, that is the end of it. */
    synchronized void after(ChildName child, List<String> troubles, Instant now) {
        if (troubles.isEmpty()) {
            rests.remove(child);
            return;
        }
        Rest before = rests.get(child);
        Duration length = before == null ? SHORTEST : before.length().multipliedBy(2);
        if (length.compareTo(LONGEST) > 0) {
            length = LONGEST;
        }
        rests.put(child, new Rest(now.plus(length), length, List.copyOf(troubles)));
    }

    /** A child is not tried again before somebody asks. */
    synchronized void untilAsked(ChildName child) {
        rests.computeIfPresent(child, (name, rest) -> new Rest(Instant.MAX, LONGEST, rest.troubles()));
    }

    /** Even that a child is stopped may fail, and is then not tried at each look. */
    synchronized void stopFailed(ChildName child, Instant now) {
        unstopped.put(child, now.plus(UNSTOPPED));
    }

    synchronized boolean mayStop(ChildName child, Instant now) {
        return !now.isBefore(unstopped.getOrDefault(child, Instant.MIN));
    }

    /** Nothing is the matter with a child. */
    synchronized void isWell(ChildName child) {
        rests.remove(child);
        unstopped.remove(child);
    }

    /** Everything is tried again at the next look. */
    public synchronized void end() {
        rests.clear();
        unstopped.clear();
    }
}
