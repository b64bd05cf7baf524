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

    private final IpSession session;
    private final Process process;
    private final Thread reader = new Thread(this::read, "ip xfrm monitor");

    /** Guarded by this. */
    private final List<String> lines = new ArrayList<>();

    /** Guarded by this. */
    private boolean ended;

    private IpMonitor(IpSession session, String options) throws IOException {
        this.session = session;
        process = session.start(options + "xfrm monitor");
    }

    /** {@code options} stand before the object, with a blank behind them. */
    static IpMonitor start(IpSession session, String options) throws IOException, InterruptedException {
        IpMonitor monitor = new IpMonitor(session, options);
        monitor.reader.start();
        long deadline = System.nanoTime() + LIMIT.toNanos();
        do {
            monitor.setDefaults("in block");
            if (System.nanoTime() > deadline) {
                throw new IOException("ip xfrm monitor hears nothing");
            }
        } while (!monitor.hears(IN_BLOCK, UNHEARD));
        monitor.setDefaults("fwd block");
        monitor.mustHear(FWD_BLOCK);
        monitor.setDefaults("in accept fwd accept out accept");
        return monitor;
    }

    private void setDefaults(String words) throws IOException, InterruptedException {
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

    private void mustHear(String line) throws IOException, InterruptedException {
        if (!hears(line, LIMIT)) {
            throw new IOException("ip xfrm monitor does not hear \"" + line + "\"; it ended: " + !process.isAlive());
        }
    }

    /** All that was printed from the end of the start's signals to the last signal. */
    List<String> finish() throws IOException, InterruptedException {
        setDefaults("out block");
        mustHear(OUT_BLOCK);
        setDefaults("in accept fwd accept out accept");
        synchronized (this) {
            return List.copyOf(lines.subList(lines.indexOf(FWD_BLOCK), lines.indexOf(OUT_BLOCK)));
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
