package org.xfrmctl.datapath.engine;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What has a timer, by the second at which it runs; of one second those first whose timer was set first. */
final class Timers<T> {
    /** The second that never comes. */
    static final long NEVER = Long.MAX_VALUE;

    private final TreeMap<Long, Set<T>> bySecond = new TreeMap<>();
    private final Map<T, Long> seconds = new HashMap<>();

    /** Sets a timer, whether it was set or not. */
    void set(T owner, long second) {
        cancel(owner);
        if (second != NEVER) {
            seconds.put(owner, second);
            bySecond.computeIfAbsent(second, unused -> new LinkedHashSet<>()).add(owner);
        }
    }

    /** Sets a timer unless it runs before that anyway. */
    void setEarlier(T owner, long second) {
        if (second < seconds.getOrDefault(owner, NEVER)) {
            set(owner, second);
        }
    }

    void cancel(T owner) {
        Long second = seconds.remove(owner);
        Set<T> owners = second == null ? null : bySecond.get(second);
        if (owners != null && owners.remove(owner) && owners.isEmpty()) {
            bySecond.remove(second);
        }
    }

    /** When the next one runs. */
    long next() {
        return bySecond.isEmpty() ? NEVER : bySecond.firstKey();
    }

    /** Takes off all that run at a second. */
    List<T> take(long second) {
        List<T> due = List.copyOf(bySecond.getOrDefault(second, Set.of()));
        due.forEach(this::cancel);
        return due;
    }
}
