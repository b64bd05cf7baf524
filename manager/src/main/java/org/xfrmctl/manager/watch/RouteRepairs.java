package org.xfrmctl.manager.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.xfrmctl.manager.route.RouteChange;
import org.xfrmctl.model.IpPrefix;

/**
 * The changes of routes that a watch has made, or tried to make. One that is wanted again soon, with no other to its
 * destination in between, did not last, and waits a while, twice as long each time: what somebody undoes again and again does not
 * keep a watch busy. Safe for several threads.
 */
public final class RouteRepairs {
    private static final Duration SHORTEST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** It rests until its length is over, and as long again it is remembered. */
    private record Repair(Instant at, Duration length, String trouble) {
        boolean rests(Instant now) {
            return now.isBefore(at.plus(length));
        }

        boolean isRemembered(Instant now) {
            return now.isBefore(at.plus(length.multipliedBy(2)));
        }
    }

    private final Map<RouteChange, Repair> repairs = new HashMap<>();

    /** What is the matter with a change that rests; empty if it may be made. */
    synchronized Optional<String> trouble(RouteChange change, Instant now) {
        return Optional.ofNullable(repairs.get(change))
                .filter(repair -> repair.rests(now))
                .map(Repair::trouble);
    }

    /** Changes are going to be made. */
    synchronized void begin(List<RouteChange> changes, Instant now) {
        Set<IpPrefix> destinations =
                changes.stream().map(RouteChange::destination).collect(Collectors.toSet());
        Map<RouteChange, Repair> before = new HashMap<>(repairs);
        repairs.entrySet()
                .removeIf(each -> !each.getValue().isRemembered(now)
                        || destinations.contains(each.getKey().destination()));
        for (RouteChange change : new HashSet<>(changes)) {
            Duration length = Optional.ofNullable(before.get(change))
                    .filter(repair -> repair.isRemembered(now))
                    .map(repair -> repair.length().multipliedBy(2))
                    .orElse(SHORTEST);
            repairs.put(
                    change,
                    new Repair(
                            now,
                            length.compareTo(LONGEST) > 0 ? LONGEST : length,
                            "somebody undoes what was done a moment ago, or its link went down: " + change));
        }
    }

    /** They were refused. */
    synchronized void refused(List<RouteChange> changes, String why) {
        changes.forEach(change ->
                repairs.computeIfPresent(change, (same, repair) -> new Repair(repair.at(), repair.length(), why)));
    }

    /** A link was set down, or has gone, and the kernel has taken its routes along: that was nobody who wants them away. */
    public synchronized void linkDown(String device) {
        repairs.keySet()
                .removeIf(change ->
                        change.routes().anyMatch(route -> route.leg().device().equals(device)));
    }

    /** Everything may be made again. */
    public synchronized void end() {
        repairs.clear();
    }
}
