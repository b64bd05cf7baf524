package org.xfrmctl.cli.control;

import java.io.PrintWriter;
import java.time.Duration;
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
            connection.ifPresent(this::admit);
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

    private void admit(StreamConnection connection) {
        Optional<String> refusal = refusal(connection);
        if (refusal.isPresent()) {
            turnAway(connection, refusal.get());
            return;
        }
        try {
            workers.execute(() -> serve(connection));
        } catch (RejectedExecutionException full) {
            turnAway(
                    connection,
                    "busy: " + limits.working() + " requests are at work and " + limits.waiting()
                            + " wait: ask again later");
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
            int exit = carryOut(exchange, answer);
            exchange.answer(answer.ended(exit));
        } catch (NetlinkException gone) {
            // Likewise. What was asked for has been done.
        } catch (RuntimeException e) {
            log.accept("a defect in answering a request: " + e);
        }
    }

    private int carryOut(ControlExchange exchange, ControlAnswer answer) {
        ControlRequest request;
        try {
            request = exchange.request();
        } catch (ControlRequest.MalformedException e) {
            answer.err().println("xfrmctl: " + e.getMessage());
            return MALFORMED;
        }
        return commands.run(request.words(), answer.out(), answer.err());
    }

    /** From now on nobody is let in; those at work come to their end. */
    @Override
    public void close() {
        closed.countDown();
        listener.end();
        workers.shutdown();
    }

    /** Waits for those at work, for so long. */
    public void awaitEnd(Duration patience) throws InterruptedException {
        if (!workers.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            log.accept("requests were still at work at the end");
        }
    }
}
