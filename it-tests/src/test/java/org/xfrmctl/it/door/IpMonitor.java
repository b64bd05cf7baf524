package org.xfrmctl.it.door;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * An {@code ip xfrm monitor} that is known to listen before anything happens, and to have heard everything at the end:
 * changes of the default policies, which are left as they were, serve as signals.
 */
final class IpMonitor implements AutoCloseable {
    private static final String IN_BLOCK = " in:  block";
    private static final String FWD_BLOCK = " fwd: block";
    private static final String OUT_BLOCK = " out: block";
    private static final Duration UNHEARD = Duration.ofMillis(300);
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Process process;
    private final Thread reader = new Thread(this::read, "ip xfrm monitor");

    /** Guarded by this. */
    private final List<String> lines = new ArrayList<>();

    /** Guarded by this. */
    private boolean ended;

    private IpMonitor(IpSession session, String options) throws IOException {
        process = session.start(options + "xfrm monitor");
    }

    /** {@code options} stand before the object, with a blank behind them. Returns when the monitor listens. */
    static IpMonitor start(IpSession session, String options) throws IOException, InterruptedException {
        IpMonitor monitor = new IpMonitor(session, options);
        monitor.reader.start();
        long deadline = System.nanoTime() + LIMIT.toNanos();
        do {
            setDefaults(session, "in block");
            if (System.nanoTime() > deadline) {
                throw new IOException("ip xfrm monitor hears nothing");
            }
        } while (!monitor.hears(IN_BLOCK, UNHEARD));
        return monitor;
    }

    /** Gives the signal from which on counts what all monitors hear. */
    static void begin(IpSession session) throws IOException, InterruptedException {
        setDefaults(session, "fwd block");
        setDefaults(session, "in accept fwd accept out accept");
    }

    /** Gives the signal up to which it counts. */
    static void end(IpSession session) throws IOException, InterruptedException {
        setDefaults(session, "out block");
        setDefaults(session, "in accept fwd accept out accept");
    }

    private static void setDefaults(IpSession session, String words) throws IOException, InterruptedException {
        IpSession.Said said = session.run("xfrm policy setdefault " + words);
        if (said.status() != 0) {
            throw new IOException(said.err());
        }
    }

    private void read() {
        process.inputReader(StandardCharsets.UTF_8).lines().forEach(this::add);
        synchronized (this) {
            ended = true;
            notifyAll();
        }
    }

    private synchronized void add(String line) {
        lines.add(line);
        notifyAll();
    }

    private synchronized boolean hears(String line, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!lines.contains(line) && !ended) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return lines.contains(line);
    }

    /** What was printed between the two signals. */
    List<String> printed() throws IOException, InterruptedException {
        if (!hears(OUT_BLOCK, LIMIT)) {
            throw new IOException("ip xfrm monitor did not hear everything: " + (ended() ? "it ended" : "it waits"));
        }
        synchronized (this) {
            return List.copyOf(lines.subList(lines.indexOf(FWD_BLOCK), lines.indexOf(OUT_BLOCK)));
        }
    }

    private synchronized boolean ended() {
        return ended;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
