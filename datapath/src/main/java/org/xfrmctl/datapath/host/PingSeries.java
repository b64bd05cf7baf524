package org.xfrmctl.datapath.host;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** The requests of one ping. They go out one by one, so that who runs them can do other things in between. */
public final class PingSeries {
    private final Ping ping;
    private final PingOptions options;
    private final int identifier;
    /** By sequence number. */
    private final Set<Integer> replies = new HashSet<>();

    private int sent;
    private int received;
    private Optional<String> error;

    PingSeries(Ping ping, PingOptions options, int identifier, Optional<String> error) {
        this.ping = ping;
        this.options = options;
        this.identifier = identifier;
        this.error = error;
    }

    int identifier() {
        return identifier;
    }

    void reply(int sequence) {
        replies.add(sequence);
    }

    /** Whether every request was sent: nothing more will be. */
    public boolean isOver() {
        return sent == options.count();
    }

    /**
     * Sends the next request, and if its reply is missing when the network is quiet waits as long as {@code more} says there
     * is more.
     *
     * @return {@link #isOver()}
     */
    public boolean next(BooleanSupplier more) {
        sent++;
        boolean sound = false;
        try {
            Optional<String> failure = ping.send(options, identifier, sent);
            error = error.or(() -> failure);
            received += failure.isEmpty() && isAnswered(sent & 0xffff, more) ? 1 : 0;
            sound = true;
        } finally {
            if (isOver() || !sound) {
                ping.end(this);
            }
        }
        return isOver();
    }

    private boolean isAnswered(int sequence, BooleanSupplier more) {
        while (!replies.contains(sequence)) {
            if (!more.getAsBoolean()) {
                return false;
            }
        }
        return true;
    }

    /** What came of it so far. */
    public PingOutcome outcome() {
        return new PingOutcome(sent, received, error);
    }
}
