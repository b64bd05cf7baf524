package org.xfrmctl.bench.speed;

import java.time.Duration;
import java.util.Iterator;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.message.Conversation;
import org.xfrmctl.netlink.message.Request;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/** The library in a warm JVM, from values to acks and from a dump to values. */
record InProcess(Subject subject, XfrmClient client) implements Contestant {
    private static final Conversation.Outcomes ALL_DONE = new Conversation.Outcomes() {
        @Override
        public void done(Request request) {}

        @Override
        public void refused(Request request, NetlinkException refusal) {
            throw refusal;
        }
    };

    @Override
    public String name() {
        return "library";
    }

    @Override
    public Duration time(Operation operation, int count) {
        long start = System.nanoTime();
        switch (operation) {
            case ADD -> send(count, subject::add);
            case DUMP -> Tally.require(count, dumped(), subject.plural());
            case DELETE -> send(count, subject::delete);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Override
    public int dumped() {
        return subject.dump(client);
    }

    private void send(int count, IntFunction<Request> request) {
        Iterator<Request> requests = IntStream.range(0, count).mapToObj(request).iterator();
        client.executeAll(requests, ALL_DONE);
    }
}
