package org.xfrmctl.cli.metrics;

import java.time.Duration;

/**
 * What those who ask may take of the process that they ask.
 *
 * @param exchange how long one may take from its first byte until its answer was taken
 * @param working how many are at work at once
 * @param waiting how many others wait for that; more are turned away
 */
public record MetricsLimits(Duration exchange, int working, int waiting) {
    public static final MetricsLimits DEFAULT = new MetricsLimits(Duration.ofSeconds(10), 4, 16);
}
