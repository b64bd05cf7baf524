package org.xfrmctl.manager.probe;

import java.util.function.LongSupplier;

/**
 * How much patience a search has.
 *
 * @param tries how often a size is tried before silence is believed
 * @param patience milliseconds that each try has at most
 * @param total milliseconds after which no other size is tried
 * @param clock milliseconds that never go back
 */
public record ProbeLimits(int tries, int patience, long total, LongSupplier clock) {
    /** Two losses in a row are common where queues are full, three are not. */
    public static final int TRIES = 3;

    /** Longer than replies take around the earth, by satellite too. */
    public static final int WAIT_MILLIS = 1_000;

    /** Some nine sizes and what they wait for, if half of them are not answered, and something to spare. */
    public static final long TOTAL_MILLIS = 60_000;

    public static ProbeLimits by(LongSupplier clock) {
        return new ProbeLimits(TRIES, WAIT_MILLIS, TOTAL_MILLIS, clock);
    }
}
