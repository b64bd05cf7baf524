package org.xfrmctl.cli.control;

import java.time.Duration;

/**
 * What those who ask may take of the process that they ask.
 *
 * @param request how long a request may take to come
 * @param answer how long an answer may take to go
 * @param working how many requests are at work at once
 * @param waiting how many others wait for that, in the order in which they came
 */
public record ControlLimits(Duration request, Duration answer, int working, int waiting) {
    public static final ControlLimits DEFAULT =
            new ControlLimits(Duration.ofSeconds(5), Duration.ofSeconds(10), 16, 240);
}
