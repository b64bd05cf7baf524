package org.xfrmctl.datapath.host.tcp;

/** How long to wait for an acknowledgment (RFC 6298), with the bounds of Linux ({@code TCP_RTO_MIN}, {@code TCP_RTO_MAX}). */
final class RetransmissionTimer {
    private static final long INITIAL = 1000;
    private static final long LEAST = 200;
    private static final long MOST = 120_000;

    private boolean measured;
    private long smoothed;
    private long variation;
    private long timeout = INITIAL;
    private int backoffs;

    private boolean timing;
    private int timedSequence;
    private long timedAt;

    /** Milliseconds until the next retransmission. */
    long millis() {
        return timeout;
    }

    /** How often it has run out since something new was acknowledged. */
    int backoffs() {
        return backoffs;
    }

    /** A segment that ends before {@code end} goes out for the first time. One at a time is measured. */
    void sent(int end, long now) {
        if (!timing) {
            timing = true;
            timedSequence = end;
            timedAt = now;
        }
    }

    /** Karn's algorithm: what was sent twice measures nothing. */
    void retransmitted() {
        timing = false;
    }

    /** Something new was acknowledged. */
    void acknowledged(int sequence, long now) {
        if (timing && !Sequence.isBefore(sequence, timedSequence)) {
            timing = false;
            measure(now - timedAt);
        }
        if (backoffs > 0) {
            backoffs = 0;
            timeout = measured ? bounded(smoothed + Math.max(1, 4 * variation)) : INITIAL;
        }
    }

    private void measure(long roundTrip) {
        if (measured) {
            variation = (3 * variation + Math.abs(smoothed - roundTrip)) / 4;
            smoothed = (7 * smoothed + roundTrip) / 8;
        } else {
            measured = true;
            smoothed = roundTrip;
            variation = roundTrip / 2;
        }
        timeout = bounded(smoothed + Math.max(1, 4 * variation));
    }

    /** It ran out: the next wait is twice as long. */
    void backOff() {
        backoffs++;
        timing = false;
        timeout = Math.min(MOST, timeout * 2);
    }

    private static long bounded(long millis) {
        return Math.min(MOST, Math.max(LEAST, millis));
    }
}
