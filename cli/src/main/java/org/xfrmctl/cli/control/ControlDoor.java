package org.xfrmctl.cli.control;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.sys.PeerCredentials;
import org.xfrmctl.netlink.sys.StreamConnection;
import org.xfrmctl.netlink.sys.StreamListener;

/**
 * Lets in who may ask, and has a bounded number of threads answer. Whatever comes by a connection costs no more than its
 * limits allow: it is dropped then, and nothing else is.
 */
public final class ControlDoor implements AutoCloseable {
    /** Of a request that was not carried out. */
    private static final int FAILED = 1;
    /** Of one that cannot be understood. */
    private static final int MALFORMED = 64;

    private static final String ENDING = "this watch is ending: ask again when it is back";
    private static final int MOST_REMEMBERED = 64;
    private static final long IDLE_SECONDS = 30;

    private final StreamListener listener;
    private final ControlAccess access;
    private final Function<StreamConnection, PeerCredentials> credentials;
    private final ControlLimits limits;
    private final Commands commands;
    private final Consumer<String> log;
    private final ThreadPoolExecutor workers;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Who was told of already; for the thread that accepts. */
    private final Set<Long> refused = new HashSet<>();

    private boolean isFull;

    /** Whose request is still to come. Guarded by itself, as is {@link #isEnding}; who is in it is not closed yet. */
    private final Set<StreamConnection> expected = new HashSet<>();

    private boolean isEnding;

    /** What can be asked. Called by several threads at once. */
    @FunctionalInterface
    public interface Commands {
        /**
         * Does what the words say.
         *
         * @return the exit status
         */
        int run(List<String> words, PrintWriter out, PrintWriter err);
    }

    /**
     * Takes over the listener.
     *
     * @param credentials {@link StreamConnection#peer}
     * @param log is told, once each, who was refused and what went wrong
     */
    public ControlDoor(
            StreamListener listener,
            ControlAccess access,
            Function<StreamConnection, PeerCredentials> credentials,
            ControlLimits limits,
            Commands commands,
            Consumer<String> log) {
        this.listener = listener;
        this.access = access;
        this.credentials = credentials;
        this.limits = limits;
        this.commands = commands;
        this.log = log;
        this.workers = new ThreadPoolExecutor(
                limits.working(),
                limits.working(),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(limits.waiting()),
                ControlDoor::thread);
        workers.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "control request");
        thread.setDaemon(true);
        return thread;
    }

    /** Lets in until {@link #close()} is called, from another thread. */
    public void run() throws InterruptedException {
        try (listener) {
            boolean open = true;
            while (open) {
                open = admitNext();
            }
        }
    }

    private boolean admitNext() throws InterruptedException {
        try {
            Optional<StreamConnection> connection = listener.accept();
            connection.ifPresent(this::admitAnyway);
            isFull = false;
            return connection.isPresent();
        } catch (NetlinkException full) {
            // No descriptor left, or no memory: others may be given back.
            if (!isFull) {
                log.accept("the control socket takes nobody for the moment: " + full.getMessage());
            }
            isFull = true;
            return !closed.await(1, TimeUnit.SECONDS);
        }
    }

    /** Whatever goes wrong with one, the next can come. */
    private void admitAnyway(StreamConnection connection) {
        try {
            admit(connection);
        } catch (RuntimeException | OutOfMemoryError e) {
            try (connection) {
                log.accept("one who connected to the control socket could not be let in: " + e);
            }
        }
    }

    private void admit(StreamConnection connection) {
        Optional<String> refusal = refusal(connection);
        if (refusal.isPresent()) {
            turnAway(connection, refusal.get());
            return;
        }
        try {
            workers.execute(new Request(connection));
        } catch (RejectedExecutionException full) {
            turnAway(
                    connection,
                    workers.isShutdown()
                            ? ENDING
                            : "busy: " + limits.working() + " requests are at work and " + limits.waiting()
                                    + " wait: ask again later");
        }
    }

    /** One who waits for a worker. */
    private final class Request implements Runnable {
        private final StreamConnection connection;

        Request(StreamConnection connection) {
            this.connection = connection;
        }

        @Override
        public void run() {
            serve(connection);
        }
    }

    private Optional<String> refusal(StreamConnection connection) {
        try {
            PeerCredentials peer = credentials.apply(connection);
            Optional<String> refusal = access.refusal(peer);
            if (refusal.isPresent() && refused.size() < MOST_REMEMBERED && refused.add(peer.user())) {
                log.accept("refused: " + refusal.get());
            }
            return refusal;
        } catch (NetlinkException unknown) {
            return Optional.of("it cannot be told who you are: " + unknown.getMessage());
        }
    }

    /** The answer fits into the socket's buffer, so nobody waits. */
    private void turnAway(StreamConnection connection, String reason) {
        ControlAnswer answer = new ControlAnswer();
        answer.err().println("xfrmctl: " + reason);
        try (connection) {
            new ControlExchange(connection, limits).answer(answer.ended(FAILED));
        } catch (NetlinkException gone) {
            // Who does not wait for an answer needs none.
        }
    }

    private void serve(StreamConnection connection) {
        try (connection) {
            ControlExchange exchange = new ControlExchange(connection, limits);
            ControlAnswer answer = new ControlAnswer();
            int exit = carryOut(connection, exchange, answer);
            exchange.answer(answer.ended(exit));
        } catch (NetlinkException gone) {
            // Likewise. What was asked for has been done.
        } catch (RuntimeException | OutOfMemoryError e) {
            log.accept("a defect in answering a request: " + e);
        }
    }

    private int carryOut(StreamConnection connection, ControlExchange exchange, ControlAnswer answer) {
        Optional<ControlRequest> request;
        try {
            request = awaited(exchange, connection);
        } catch (ControlRequest.MalformedException e) {
            answer.err().println("xfrmctl: " + e.getMessage());
            return MALFORMED;
        }
        if (request.isEmpty()) {
            answer.err().println("xfrmctl: " + ENDING);
            return FAILED;
        }
        return commands.run(request.get().words(), answer.out(), answer.err());
    }

    /** Empty if this is the end, and nothing more is begun. */
    private Optional<ControlRequest> awaited(ControlExchange exchange, StreamConnection connection)
            throws ControlRequest.MalformedException {
        synchronized (expected) {
            if (isEnding) {
                return Optional.empty();
            }
            expected.add(connection);
        }
        try {
            return Optional.of(exchange.request()).filter(request -> isToBeBegun());
        } finally {
            synchronized (expected) {
                expected.remove(connection);
            }
        }
    }

    private boolean isToBeBegun() {
        synchronized (expected) {
            return !isEnding;
        }
    }

    /** From now on nobody is let in and nothing is begun; those at work come to their end. */
    @Override
    public void close() {
        closed.countDown();
        listener.end();
        workers.shutdown();
        synchronized (expected) {
            isEnding = true;
            expected.forEach(StreamConnection::end);
        }
        List<Runnable> waiting = new ArrayList<>();
        workers.getQueue().drainTo(waiting);
        waiting.forEach(each -> {
            if (each instanceof Request request) {
                turnAway(request.connection, ENDING);
            }
        });
    }

    /** Waits for those at work, for so long. */
    public void awaitEnd(Duration patience) throws InterruptedException {
        if (!workers.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            log.accept("requests were still at work at the end");
        }
    }
}
