package org.xfrmctl.bench.speed;

import java.time.Duration;

/** One way to change and read a table. */
interface Contestant {
    String name();

    /**
     * Adds, dumps or deletes the first {@code count} entries and says how long that took.
     *
     * @throws RuntimeException if one of them cannot be
     */
    Duration time(Operation operation, int count);

    /** How many entries a dump shows. */
    int dumped();
}
