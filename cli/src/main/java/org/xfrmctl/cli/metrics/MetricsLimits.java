package org.xfrmctl.cli.metrics;

import java.time.Duration;

/**
 * What those who ask may take of the process that they ask.
 *
 * @param request how long it may take from the first byte of a request until all of it was read
 * @param exchange how long one may take from its first byte until its answer was taken
 * @param exchanges how many are under way at once; for one more the oldest is broken off whose request has not come yet, or if
 *     there is none the oldest
 * @param answersOfAddress to how many requests of one address an answer is made or taken at once; for one more the oldest of these
 *     is broken off
 */
public record MetricsLimits(Duration request, Duration exchange, int exchanges, int answersOfAddress) {
    public static final MetricsLimits DEFAULT =
            new MetricsLimits(Duration.ofSeconds(2), Duration.ofSeconds(10), 32, 16);
}
