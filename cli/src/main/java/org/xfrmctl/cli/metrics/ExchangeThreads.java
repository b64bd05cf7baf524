package org.xfrmctl.cli.metrics;

import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Threads for the exchanges of an HTTP server, none of which has one for longer than it may: whoever is too slow is
 * interrupted, which closes the channel that he reads or writes (InterruptibleChannel). The server reads a request by these
 * threads, too. Who is slow waits for nothing but his own time to end, so when there are too many it is the oldest that make
 * room: a new one is answered however many of them there are. Those of which the request has not come yet go first: to open a
 * connection costs nothing, and must not end what is being answered.
 */
final class ExchangeThreads implements Executor, AutoCloseable {
    private static final long IDLE_SECONDS = 30;

    private final MetricsLimits limits;
    private final ThreadPoolExecutor workers;
    private final ScheduledThreadPoolExecutor ends;
    /** Those under way, the oldest first; guarded by itself, as is what they hold. */
    private final Set<Term> terms = new LinkedHashSet<>();

    ExchangeThreads(MetricsLimits limits) {
        this.limits = limits;
        // No more wait than the server has connections.
        this.workers = new ThreadPoolExecutor(
                limits.exchanges(),
                limits.exchanges(),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
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
     * Runs it, if none is free on the thread of the oldest whose request was not read yet, else on that of the oldest.
     *
     * @throws java.util.concurrent.RejectedExecutionException after {@link #close}; the server then closes its connection
     */
    @Override
    public void execute(Runnable exchange) {
        Term term = new Term();
        synchronized (terms) {
            if (terms.stream().filter(Term::isLive).count() >= limits.exchanges()) {
                makeRoom();
            }
            terms.add(term);
        }
        try {
            List<ScheduledFuture<?>> limited =
                    List.of(after(limits.request(), () -> endUnread(term)), after(limits.exchange(), () -> end(term)));
            workers.execute(() -> run(term, exchange, limited));
        } catch (RejectedExecutionException e) {
            remove(term);
            throw e;
        }
    }

    private void run(Term term, Runnable exchange, List<ScheduledFuture<?>> limited) {
        synchronized (terms) {
            term.thread = Optional.of(Thread.currentThread());
            if (term.isEnded) {
                // While it waited for a thread: reading will close its channel.
                Thread.currentThread().interrupt();
            }
        }
        try {
            exchange.run();
        } finally {
            limited.forEach(each -> each.cancel(false));
            remove(term);
        }
    }

    /** Nobody interrupts it after this, when its thread may be at the next one. */
    private void remove(Term term) {
        synchronized (terms) {
            terms.remove(term);
            Thread.interrupted();
        }
    }

    private ScheduledFuture<?> after(Duration time, Runnable work) {
        return ends.schedule(work, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The request of the exchange that this thread is at was read, and comes from there. */
    void wasRead(InetAddress from) {
        synchronized (terms) {
            terms.stream()
                    .filter(term ->
                            term.thread.filter(Thread.currentThread()::equals).isPresent())
                    .forEach(term -> term.from = Optional.of(from));
            Predicate<Term> fromThere = term -> term.from.filter(from::equals).isPresent();
            if (terms.stream().filter(Term::isLive).filter(fromThere).count() > limits.answersOfAddress()) {
                oldest(fromThere).ifPresent(this::end);
            }
        }
    }

    private void makeRoom() {
        oldest(term -> term.from.isEmpty()).or(() -> oldest(term -> true)).ifPresent(this::end);
    }

    private Optional<Term> oldest(Predicate<Term> which) {
        return terms.stream().filter(Term::isLive).filter(which).findFirst();
    }

    private void endUnread(Term term) {
        synchronized (terms) {
            if (term.from.isEmpty()) {
                end(term);
            }
        }
    }

    private void end(Term term) {
        synchronized (terms) {
            if (terms.contains(term)) {
                term.isEnded = true;
                term.thread.ifPresent(Thread::interrupt);
            }
        }
    }

    /** One exchange. */
    private static final class Term {
        /** Empty while it waits for one. */
        private Optional<Thread> thread = Optional.empty();
        /** Whose request was read; empty until then. */
        private Optional<InetAddress> from = Optional.empty();

        private boolean isEnded;

        boolean isLive() {
            return !isEnded;
        }
    }

    /** Those at work are interrupted. */
    @Override
    public void close() {
        ends.shutdownNow();
        workers.shutdownNow();
    }
}
