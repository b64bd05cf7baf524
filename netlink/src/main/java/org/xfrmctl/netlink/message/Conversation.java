package org.xfrmctl.netlink.message;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.NetlinkTransport;
import org.xfrmctl.netlink.uapi.Netlink;

/**
 * Requests and their replies over one transport, one question at a time. Replies are known by their sequence number: what
 * an interrupted conversation left behind is skipped, and so are multicast messages, which belong on a transport of their
 * own. Requests carry this socket's port id, so that events tell who caused them. Not safe for several threads.
 */
public final class Conversation {
    private final NetlinkTransport transport;
    private final Diagnosis diagnosis;
    private final MessageWriter out = new MessageWriter();
    private int sequence;

    public Conversation(NetlinkTransport transport, Diagnosis diagnosis) {
        this.transport = transport;
        this.diagnosis = diagnosis;
    }

    /**
     * Asks and waits for the ack.
     *
     * @throws NetlinkException if the kernel refuses
     */
    public void execute(Request request) {
        converse(request, Netlink.NLM_F_ACK, reply -> {});
    }

    /**
     * Asks what is answered with one data message, and hands that to {@code reply}; it is only valid until that returns.
     * An ack would come behind it and say nothing more, so it is not asked for: a round trip has one message less.
     *
     * @throws NetlinkException if the kernel refuses
     */
    public void query(Request request, Consumer<NetlinkMessage> reply) {
        converse(request, 0, reply);
    }

    private void converse(Request request, int ack, Consumer<NetlinkMessage> reply) {
        try {
            write(request, ack);
            transport.send(out.datagram());
            boolean answered = false;
            while (!answered) {
                answered = read(request, ack == 0, reply);
            }
        } finally {
            forget();
        }
    }

    /** Whether the answer has come: an ack, a refusal, or data where these are all of it. */
    private boolean read(Request request, boolean dataIsAll, Consumer<NetlinkMessage> reply) {
        for (NetlinkMessage message : NetlinkMessage.split(transport.receive())) {
            if (message.sequence() != sequence) {
                continue;
            }
            Optional<ErrorMessage> end = ErrorMessage.find(message);
            if (end.isPresent()) {
                refusal(request, 0, end.get()).ifPresent(Conversation::raise);
                return true;
            }
            if (!message.isControl()) {
                reply.accept(message);
                if (dataIsAll) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Asks for a whole table and hands on each entry as it comes; a message is only valid until {@code entries} returns.
     *
     * @return whether the table stood still meanwhile; if not, the dump is no snapshot ({@code NLM_F_DUMP_INTR})
     * @throws NetlinkException if the kernel refuses, at the start or at the end
     */
    public boolean dump(Request request, Consumer<NetlinkMessage> entries) {
        try {
            write(request, Netlink.NLM_F_ACK | Netlink.NLM_F_DUMP);
            transport.send(out.datagram());
            Dump dump = new Dump(sequence, entries);
            while (!dump.isDone()) {
                dump.read(transport.receive());
            }
            refusal(request, 0, dump.end()).ifPresent(Conversation::raise);
            return !dump.wasInterrupted();
        } finally {
            forget();
        }
    }

    /**
     * Asks many things with few datagrams, in this order; a refused one does not keep the kernel from doing the next.
     *
     * @return for each request what went wrong with it, empty if nothing did
     * @throws IllegalArgumentException if one cannot be written at all; earlier ones may have been done by then
     */
    public List<Optional<NetlinkException>> executeAll(List<Request> requests) {
        List<Optional<NetlinkException>> outcomes = new ArrayList<>(requests.size());
        executeAll(requests.iterator(), new Outcomes() {
            @Override
            public void done(Request request) {
                outcomes.add(Optional.empty());
            }

            @Override
            public void refused(Request request, NetlinkException refusal) {
                outcomes.add(Optional.of(refusal));
            }
        });
        return outcomes;
    }

    /** As {@link #executeAll(List)} for any number of requests, holding no more of them than go out together. */
    public void executeAll(Iterator<Request> requests, Outcomes outcomes) {
        Pipeline pipeline = new Pipeline();
        while (requests.hasNext()) {
            pipeline.run(requests, outcomes);
        }
    }

    /** What became of each request of many, in their order. */
    public interface Outcomes {
        void done(Request request);

        void refused(Request request, NetlinkException refusal);

        /** Data that the kernel sent in reply, before {@link #done}; only valid until this returns. */
        default void replied(Request request, NetlinkMessage reply) {}
    }

    /**
     * Requests that go out as one datagram. Only the last one asks for an ack: the kernel works through them in order and
     * tells of every refusal unasked ({@code netlink_rcv_skb()}), so that ack says that the others are done too.
     */
    private final class Pipeline {
        /** Should all of them be refused, the answers still have to fit into the socket's receive buffer. */
        private static final int MOST = 64;

        private static final int MOST_BYTES = 48 * 1024;

        private final List<Request> sent = new ArrayList<>();
        private final List<Integer> starts = new ArrayList<>();
        private final List<Optional<NetlinkException>> refusals = new ArrayList<>();
        private int first;

        void run(Iterator<Request> requests, Outcomes outcomes) {
            try {
                write(requests);
                transport.send(out.datagram());
                boolean acknowledged = false;
                while (!acknowledged) {
                    acknowledged = read(transport.receive(), outcomes);
                }
            } finally {
                forget();
            }
            for (int i = 0; i < sent.size(); i++) {
                Request request = sent.get(i);
                if (refusals.get(i).isPresent()) {
                    outcomes.refused(request, refusals.get(i).get());
                } else {
                    outcomes.done(request);
                }
            }
        }

        private void write(Iterator<Request> requests) {
            sent.clear();
            starts.clear();
            refusals.clear();
            first = sequence + 1;
            while (sent.size() < MOST && out.length() < MOST_BYTES && requests.hasNext()) {
                Request request = requests.next();
                starts.add(out.length());
                Conversation.this.write(request, 0);
                sent.add(request);
                refusals.add(Optional.empty());
            }
            out.addFlags(starts.get(starts.size() - 1), Netlink.NLM_F_ACK);
        }

        /** Whether the last request's answer was among the messages. */
        private boolean read(ByteBuffer datagram, Outcomes outcomes) {
            boolean last = false;
            for (NetlinkMessage message : NetlinkMessage.split(datagram)) {
                int index = message.sequence() - first;
                if (index < 0 || index >= sent.size()) {
                    continue;
                }
                Optional<ErrorMessage> end = ErrorMessage.find(message);
                if (end.isPresent()) {
                    refusals.set(index, refusal(sent.get(index), starts.get(index), end.get()));
                    last |= index == sent.size() - 1;
                } else if (!message.isControl()) {
                    outcomes.replied(sent.get(index), message);
                }
            }
            return last;
        }
    }

    private void write(Request request, int flags) {
        sequence++;
        out.begin(request.type(), Netlink.NLM_F_REQUEST | flags | request.flags(), sequence, transport.portId());
        request.body().accept(out);
        out.end();
    }

    /** Requests hold keys. */
    private void forget() {
        out.abandon();
        out.clear();
    }

    private Optional<NetlinkException> refusal(Request request, int start, ErrorMessage error) {
        if (error.errno() == 0) {
            return Optional.empty();
        }
        NetlinkMessage message = NetlinkMessage.at(out.datagram(), start);
        ErrorMessage.Fault fault = error.fault();
        NetlinkException.Said kernel = new NetlinkException.Said(
                error.text(),
                name(message, fault.offset()),
                fault.allowed().map(AttributePolicy::toString),
                fault.missing().isPresent() ? Optional.of(missing(message, fault)) : Optional.empty());
        return Optional.of(new NetlinkException(
                error.errno(),
                new NetlinkException.Refusal(
                        request.description(),
                        OptionalInt.of(message.sequence()),
                        kernel,
                        NetlinkException.Advice.hint(diagnosis.hint(message, error)))));
    }

    private Optional<String> name(NetlinkMessage message, OptionalInt offset) {
        return offset.isPresent() ? diagnosis.fieldAt(message, offset.getAsInt()) : Optional.empty();
    }

    private String missing(NetlinkMessage message, ErrorMessage.Fault fault) {
        String attribute = diagnosis.attribute(message, fault.missing().getAsInt());
        return name(message, fault.missingIn())
                .map(nest -> nest + "." + attribute)
                .orElse(attribute);
    }

    private static void raise(NetlinkException refusal) {
        throw refusal;
    }
}
