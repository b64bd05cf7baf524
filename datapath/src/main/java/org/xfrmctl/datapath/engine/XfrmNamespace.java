package org.xfrmctl.datapath.engine;

import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.PolicyAction;

/**
 * The XFRM part of one network namespace: SAD, SPD, counters and default policies.
 *
 * <p>There is one lock for all of it, {@link #lock()}. {@link OutputProcessor} and {@link InputProcessor} take it
 * themselves for one packet each; whoever uses the tables, the statistics or the defaults directly must hold it.
 */
public final class XfrmNamespace {
    private final ReentrantLock lock = new ReentrantLock();
    private final Revision revision = new Revision();
    private final Clock clock;
    private final RandomGenerator random;
    private final StateTable states;
    private final PolicyTable policies;
    private final StateReports reports = new StateReports(this);
    private final XfrmStatistics statistics = new XfrmStatistics();
    private final Map<Direction, PolicyAction> defaults = new EnumMap<>(Direction.class);
    private XfrmEvents events = XfrmEvents.NONE;

    /**
     * An empty namespace.
     *
     * @param random chooses SPIs and the salts of counters; seed it to see the same twice
     */
    public XfrmNamespace(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
        this.states = new StateTable(this);
        this.policies = new PolicyTable(this);
        for (Direction direction : new Direction[] {Direction.IN, Direction.OUT, Direction.FWD}) {
            defaults.put(direction, PolicyAction.ALLOW);
        }
    }

    /** Guards everything of this namespace, the associations and policies in its tables included. */
    public ReentrantLock lock() {
        return lock;
    }

    public StateTable states() {
        return states;
    }

    public PolicyTable policies() {
        return policies;
    }

    public XfrmStatistics statistics() {
        return statistics;
    }

    /** What happens to packets of a direction (in, out, fwd) that no policy matches. */
    public PolicyAction defaultAction(Direction direction) {
        PolicyAction action = defaults.get(direction);
        if (action == null) {
            throw new IllegalArgumentException(direction + " has no default policy");
        }
        return action;
    }

    public void defaultAction(Direction direction, PolicyAction action) {
        if (defaults.replace(direction, action) == null) {
            throw new IllegalArgumentException(direction + " has no default policy");
        }
    }

    public XfrmEvents events() {
        return events;
    }

    /** Replaces the one listener. */
    public void events(XfrmEvents listener) {
        events = listener;
    }

    /** Unix seconds, the unit of every XFRM time. */
    public long seconds() {
        return clock.millis() / 1000;
    }

    /** The time in milliseconds, for what is shorter than a second. */
    long millis() {
        return clock.millis();
    }

    Revision revision() {
        return revision;
    }

    StateReports reports() {
        return reports;
    }

    /** What the transform of an association pads to; 1 where it does not pad. */
    public int blockOf(SecurityAssociation association) {
        return association.overhead(random).block();
    }

    RandomGenerator random() {
        return random;
    }

    /**
     * Applies the time limits that are due: the kernel's timers, run whenever somebody looks, in the order in which they
     * would have run had somebody looked all the time. Packets do this by themselves; do it before reading a table.
     *
     * @return the second that it is
     */
    public long runTimers() {
        long now = seconds();
        long next = nextTimer();
        while (next <= now) {
            states.limits().runTimers(next);
            policies.runTimers(next, now);
            next = nextTimer();
        }
        reports.runTimers();
        return now;
    }

    private long nextTimer() {
        return Math.min(states.limits().nextTimer(), policies.nextTimer());
    }
}
