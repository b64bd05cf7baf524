package org.xfrmctl.it.lifecycle;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.xfrmctl.cli.Main;
import org.xfrmctl.cli.kernel.Kernel;

/** A {@code watch} in a thread of its own, with what it says. */
final class BesideWatch implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);

    /** Characters that show what it did last. */
    private static final int ENOUGH = 4000;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Thread thread;

    private BesideWatch(Kernel kernel, String... words) {
        thread = new Thread(
                () -> Main.commandLine(kernel)
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true))
                        .execute(words),
                "watch on " + kernel.name().orElse("this host"));
        thread.setDaemon(true);
    }

    /** Returns when it says that it watches. */
    static BesideWatch start(Kernel kernel, String... words) {
        BesideWatch watch = new BesideWatch(kernel, words);
        watch.thread.start();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!watch.out.toString().contains("watching")) {
            watch.isAliveOrThrow();
            if (System.nanoTime() > end) {
                throw new IllegalStateException(watch + " does not begin");
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        return watch;
    }

    /** What could not be repaired. */
    String complaints() {
        return err.toString();
    }

    void isAliveOrThrow() {
        if (!thread.isAlive()) {
            throw new IllegalStateException(this + " has ended");
        }
    }

    /** It waits for its next reason to look, and an interrupt ends that. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            throw new IllegalStateException(this + " does not end when it is interrupted");
        }
    }

    @Override
    public String toString() {
        return thread.getName() + ", which said at last:\n" + end(out) + end(err);
    }

    private static String end(StringWriter said) {
        String text = said.toString();
        return text.substring(Math.max(0, text.length() - ENOUGH));
    }
}
