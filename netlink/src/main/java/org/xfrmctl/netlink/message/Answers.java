package org.xfrmctl.netlink.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.MalformedMessageException;
import org.xfrmctl.netlink.NetlinkException;

/** Requests of a conversation whose answers are values. A decoder must keep nothing of the message that it is given. */
public final class Answers {
    private static final int DUMP_ATTEMPTS = 10;

    private final Conversation conversation;

    public Answers(Conversation conversation) {
        this.conversation = conversation;
    }

    /** The whole table, asked for again for as long as the kernel says that it changed under the dump. */
    public <T> List<T> list(Request request, Function<NetlinkMessage, T> decoder) {
        for (int attempt = 0; attempt < DUMP_ATTEMPTS; attempt++) {
            List<T> found = new ArrayList<>();
            if (conversation.dump(request, message -> found.add(decoder.apply(message)))) {
                return found;
            }
        }
        throw new NetlinkException(
                Errno.EINTR.number(), request + ": the table changed under each of " + DUMP_ATTEMPTS + " dumps");
    }

    /** One object; empty if the kernel refuses with {@code absent}. */
    public <T> Optional<T> find(Request request, Function<NetlinkMessage, T> decoder, Errno absent) {
        try {
            return first(request, decoder);
        } catch (NetlinkException e) {
            if (e.is(absent)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** What the kernel always has an answer for. */
    public <T> T need(Request request, Function<NetlinkMessage, T> decoder) {
        return first(request, decoder)
                .orElseThrow(() -> new MalformedMessageException(request.description(), 0, "the kernel sent no data"));
    }

    /** Adds something; if there is one already (EEXIST), the refusal names what {@code inTheWay} finds. */
    public void add(Request request, Supplier<? extends Optional<?>> inTheWay) {
        try {
            conversation.execute(request);
        } catch (NetlinkException refusal) {
            Optional<?> found = refusal.is(Errno.EEXIST) ? ask(inTheWay, refusal) : Optional.empty();
            throw found.map(object -> refusal.inTheWay(object.toString())).orElse(refusal);
        }
    }

    /** If that cannot be told, the refusal is what matters. */
    private static Optional<?> ask(Supplier<? extends Optional<?>> inTheWay, NetlinkException refusal) {
        try {
            return inTheWay.get();
        } catch (NetlinkException failure) {
            refusal.addSuppressed(failure);
            return Optional.empty();
        }
    }

    private <T> Optional<T> first(Request request, Function<NetlinkMessage, T> decoder) {
        List<T> found = new ArrayList<>();
        conversation.query(request, reply -> found.add(decoder.apply(reply)));
        return found.stream().findFirst();
    }
}
