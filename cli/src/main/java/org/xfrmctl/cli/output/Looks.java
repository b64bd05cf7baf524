package org.xfrmctl.cli.output;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Shows something over and over. Not for use by several threads at once. */
public final class Looks {
    private final PrintWriter out;
    private final PrintWriter err;
    private final Between between;
    private final Duration interval;
    private final int most;
    private final Clock clock;
    private int shown;
    private long last = System.nanoTime();
    private long nanos = 1;
    private Instant time = Instant.EPOCH;
    /** Those that standard error has. */
    private List<String> told = List.of();

    /** What stands between two looks. */
    public enum Between {
        /** Nothing: each is a line. */
        NOTHING(""),
        /** An empty line, for a file or a pipe. */
        LINE("\n"),
        /** The next takes the place of the one before (ECMA-48: cursor to the first place, erase what follows). */
        PLACE("\033[H\033[J");

        private final String text;

        Between(String text) {
            this.text = text;
        }
    }

    /**
     * @param err for what is no part of a look, unless looks take the place of each other and would take its
     * @param interval from one look to the next
     * @param most after how many it ends
     */
    public Looks(PrintWriter out, PrintWriter err, Between between, Duration interval, int most, Clock clock) {
        this.out = out;
        this.err = err;
        this.between = between;
        this.interval = interval;
        this.most = most;
        this.clock = clock;
    }

    /** What fits where standard output leads. */
    public static Between between(boolean lines) {
        return lines ? Between.NOTHING : Terminal.isStandardOutput() ? Between.PLACE : Between.LINE;
    }

    /** Waits until it is time for the next look; false when it was the last. */
    public boolean next() {
        if (shown == most || out.checkError()) {
            return false;
        }
        if (shown > 0) {
            try {
                Thread.sleep(interval.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        long now = System.nanoTime();
        nanos = Math.max(1, now - last);
        last = now;
        time = clock.instant();
        return true;
    }

    /** The time from the last look to this one. */
    public long nanos() {
        return nanos;
    }

    /** When this look was. */
    public Instant time() {
        return time;
    }

    /**
     * Shows a look.
     *
     * @param remarks what is to be said beside it: told again when it has changed or, where looks take the place of each other,
     *     below each
     */
    public void show(String text, List<String> remarks) {
        boolean before = between == Between.PLACE || shown > 0;
        out.print((before ? between.text : "") + text);
        if (between == Between.PLACE) {
            remarks.forEach(out::println);
        }
        out.flush();
        if (between != Between.PLACE && !remarks.equals(told)) {
            remarks.forEach(err::println);
            err.flush();
        }
        told = List.copyOf(remarks);
        shown++;
    }
}
