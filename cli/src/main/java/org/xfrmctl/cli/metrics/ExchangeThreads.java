package org.xfrmctl.cli.metrics;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Few threads for the exchanges of an HTTP server, none of which has one for longer than it may: whoever is too slow is
 * interrupted, which closes the channel that he reads or writes (InterruptibleChannel). The server reads a request by these
 * threads, too.
 */
final class ExchangeThreads implements Executor, AutoCloseable {
    private static final long IDLE_SECONDS = 30;

    private final MetricsLimits limits;
    private final ThreadPoolExecutor workers;
    private final ScheduledThreadPoolExecutor ends;

    ExchangeThreads(MetricsLimits limits) {
        this.limits = limits;
        this.workers = new ThreadPoolExecutor(
                limits.working(),
                limits.working(),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(limits.waiting()),
                work -> daemon(work, "metrics"));
        workers.allowCoreThreadTimeOut(true);
        this.ends = new ScheduledThreadPoolExecutor(1, work -> daemon(work, "metrics limits"));
        ends.setRemoveOnCancelPolicy(true);
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Runs it when a thread is free.
     *
     * @throws java.util.concurrent.RejectedExecutionException if too many wait for one; the server then closes its connection
     */
    @Override
    public void execute(Runnable exchange) {
        workers.execute(() -> {
            Term term = new Term(Thread.currentThread());
            var end = ends.schedule(term::end, limits.exchange().toMillis(), TimeUnit.MILLISECONDS);
            try {
                exchange.run();
            } finally {
                end.cancel(false);
                term.keep();
            }
        });
    }

    /** No interrupt comes after the exchange, when the thread may be at the next one. */
    private static final class Term {
        private final Thread thread;
        /** Guarded by this. */
        private boolean isKept;

        Term(Thread thread) {
            this.thread = thread;
        }

        synchronized void end() {
            if (!isKept) {
                thread.interrupt();
            }
        }

        synchronized void keep() {
            isKept = true;
            Thread.interrupted();
        }
    }

    /** Those at work are interrupted. */
    @Override
    public void close() {
        ends.shutdownNow();
        workers.shutdownNow();
    }
}
