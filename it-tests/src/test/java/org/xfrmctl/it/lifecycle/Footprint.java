package org.xfrmctl.it.lifecycle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is in use, in KiB: of this JVM's heap after a collection, and of the running kernel's memory that it cannot take back
 * by itself.
 */
record Footprint(long heap, long kernel) {
    private static final Pattern UNRECLAIMABLE = Pattern.compile("SUnreclaim:\\s+(\\d+) kB");

    static Footprint now() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        try {
            Matcher slab = UNRECLAIMABLE.matcher(Files.readString(Path.of("/proc/meminfo")));
            if (!slab.find()) {
                throw new IllegalStateException("/proc/meminfo does not say SUnreclaim");
            }
            return new Footprint((runtime.totalMemory() - runtime.freeMemory()) / 1024, Long.parseLong(slab.group(1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
