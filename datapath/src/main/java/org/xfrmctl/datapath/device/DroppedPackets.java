package org.xfrmctl.datapath.device;

import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Counts packets that broke something here, and tells of them, but not of each: who sends one can send many. */
final class DroppedPackets {
    private static final long PAUSE_MILLIS = 10_000;

    private final LongSupplier millis;
    private final Consumer<String> report;
    private long count;
    private long nextReport;

    DroppedPackets(LongSupplier millis, Consumer<String> report) {
        this.millis = millis;
        this.report = report;
        this.nextReport = millis.getAsLong();
    }

    void note(RuntimeException cause) {
        count++;
        long now = millis.getAsLong();
        if (now >= nextReport) {
            nextReport = now + PAUSE_MILLIS;
            report.accept("dropped a packet that could not be handled, " + count + " so far: " + cause + place(cause)
                    + "; the others go on. This is a bug in xfrmctl: please report it");
        }
    }

    private static String place(RuntimeException cause) {
        StackTraceElement[] trace = cause.getStackTrace();
        return trace.length == 0 ? "" : " at " + trace[0];
    }

    long count() {
        return count;
    }
}
