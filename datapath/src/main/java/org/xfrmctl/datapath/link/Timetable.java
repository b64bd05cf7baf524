package org.xfrmctl.datapath.link;

import java.util.Comparator;
import java.util.OptionalLong;
import java.util.PriorityQueue;

/**
 * The time of a network and what is to happen in it: milliseconds that pass only when somebody moves them, so that hosts
 * which wait for each other need no real time. Of one millisecond, first comes what was asked for first.
 */
public final class Timetable {
    /** What is to happen; asked for with {@link #after}. */
    public final class Alarm {
        private final long time;
        private final long order;
        private final Runnable action;

        private Alarm(long time, long order, Runnable action) {
            this.time = time;
            this.order = order;
            this.action = action;
        }

        /** Calls it off; one that has happened, or was called off, stays so. */
        public void cancel() {
            alarms.remove(this);
        }
    }

    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>(
            Comparator.comparingLong((Alarm alarm) -> alarm.time).thenComparingLong(alarm -> alarm.order));
    private long now;
    private long asked;

    /** Milliseconds since the network was made. */
    public long now() {
        return now;
    }

    /** Has something happen later. */
    public Alarm after(long millis, Runnable action) {
        Alarm alarm = new Alarm(now + Math.max(0, millis), asked++, action);
        alarms.add(alarm);
        return alarm;
    }

    /** When the next thing happens; empty if none will. */
    public OptionalLong next() {
        Alarm alarm = alarms.peek();
        return alarm == null ? OptionalLong.empty() : OptionalLong.of(alarm.time);
    }

    /** Moves to the next thing that happens until {@code end} and does it; moves to {@code end} if there is none. */
    boolean next(long end) {
        Alarm alarm = alarms.peek();
        if (alarm == null || alarm.time > end) {
            now = Math.max(now, end);
            return false;
        }
        alarms.poll();
        now = Math.max(now, alarm.time);
        alarm.action.run();
        return true;
    }
}
