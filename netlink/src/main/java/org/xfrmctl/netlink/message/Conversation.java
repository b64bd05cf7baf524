package org.xfrmctl.netlink.message;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.xfrmctl.netlink.MalformedMessageException;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.NetlinkTransport;
import org.xfrmctl.netlink.uapi.Netlink;

/**
 * Requests and their replies over one transport, one question at a time. Replies are known by their sequence number: what
 * an interrupted conversation left behind is skipped, and so are multicast messages, which belong on a transport of their
 * own. Requests carry this socket's port id, so that events tell who caused them. Not safe for several threads.
 */
public final class Conversation {
    /** So many requests go out together: their acks must fit into the socket's receive buffer. */
    private static final int IN_FLIGHT = 64;

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
        query(request, reply -> {});
    }

    /**
     * Asks, hands every data message of the reply to {@code replies}, and waits for the ack. The message is only valid
     * until {@code replies} returns.
     *
     * @throws NetlinkException if the kernel refuses
     */
    public void query(Request request, Consumer<NetlinkMessage> replies) {
        try {
            int asked = write(request);
            transport.send(out.datagram());
            boolean answered = false;
            while (!answered) {
                answered = readUntilAck(request, asked, replies);
            }
        } finally {
            out.abandon();
            out.clear();
        }
    }

    private boolean readUntilAck(Request request, int asked, Consumer<NetlinkMessage> replies) {
        for (NetlinkMessage message : NetlinkMessage.split(transport.receive())) {
            if (message.sequence() != asked) {
                continue;
            }
            if (message.type() == Netlink.NLMSG_ERROR) {
                refuse(request, 0, ErrorMessage.readError(message)).ifPresent(Conversation::raise);
                return true;
            }
            if (!message.isControl()) {
                replies.accept(message);
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
        Request whole = new Request(
                request.type(), request.flags() | Netlink.NLM_F_DUMP, request.description(), request.body());
        DumpReader reader = new DumpReader(entries);
        try {
            int asked = write(whole);
            transport.send(out.datagram());
            while (!reader.done) {
                reader.read(whole, asked, transport.receive());
            }
        } finally {
            out.abandon();
            out.clear();
        }
        reader.failure.ifPresent(failure -> {
            throw failure;
        });
        return !reader.interrupted;
    }

    /** What a dump has come to. */
    private final class DumpReader {
        private final Consumer<NetlinkMessage> entries;
        private boolean done;
        private boolean interrupted;
        /** Raised at the end only: a dump left half read would make the kernel refuse the next one with EBUSY. */
        private Optional<RuntimeException> failure = Optional.empty();

        DumpReader(Consumer<NetlinkMessage> entries) {
            this.entries = entries;
        }

        void read(Request request, int asked, ByteBuffer datagram) {
            for (NetlinkMessage message : NetlinkMessage.split(datagram)) {
                if (message.sequence() != asked || done) {
                    continue;
                }
                interrupted |= message.has(Netlink.NLM_F_DUMP_INTR) && message.has(Netlink.NLM_F_MULTI);
                switch (message.type()) {
                    case Netlink.NLMSG_DONE -> {
                        done = true;
                        refuse(request, 0, ErrorMessage.readDone(message)).ifPresent(Conversation::raise);
                    }
                    case Netlink.NLMSG_ERROR -> {
                        done = true;
                        refuse(request, 0, ErrorMessage.readError(message)).ifPresent(Conversation::raise);
                    }
                    case Netlink.NLMSG_OVERRUN ->
                        throw new MalformedMessageException("dump", 0, "the kernel reports an overrun");
                    default -> {
                        if (!message.isControl() && failure.isEmpty()) {
                            accept(message);
                        }
                    }
                }
            }
        }

        private void accept(NetlinkMessage message) {
            try {
                entries.accept(message);
            } catch (RuntimeException e) {
                failure = Optional.of(e);
            }
        }
    }

    /**
     * Asks many things with few datagrams, in this order; a refused one does not keep the kernel from doing the next.
     *
     * @return for each request what went wrong with it, empty if nothing did
     * @throws IllegalArgumentException if one cannot be written at all; earlier ones may have been done by then
     */
    public List<Optional<NetlinkException>> executeAll(List<Request> requests) {
        List<Optional<NetlinkException>> outcomes = new ArrayList<>();
        for (int from = 0; from < requests.size(); from += IN_FLIGHT) {
            outcomes.addAll(executeTogether(requests.subList(from, Math.min(requests.size(), from + IN_FLIGHT))));
        }
        return outcomes;
    }

    private List<Optional<NetlinkException>> executeTogether(List<Request> requests) {
        List<Integer> starts = new ArrayList<>();
        List<Optional<NetlinkException>> outcomes = new ArrayList<>();
        try {
            int first = sequence + 1;
            for (Request request : requests) {
                starts.add(out.length());
                write(request);
                outcomes.add(Optional.empty());
            }
            transport.send(out.datagram());
            int missing = requests.size();
            while (missing > 0) {
                for (NetlinkMessage message : NetlinkMessage.split(transport.receive())) {
                    int index = message.sequence() - first;
                    if (message.type() == Netlink.NLMSG_ERROR && index >= 0 && index < requests.size()) {
                        ErrorMessage error = ErrorMessage.readError(message);
                        outcomes.set(index, refuse(requests.get(index), starts.get(index), error));
                        missing--;
                    }
                }
            }
        } finally {
            out.abandon();
            out.clear();
        }
        return outcomes;
    }

    private int write(Request request) {
        sequence++;
        int flags = Netlink.NLM_F_REQUEST | Netlink.NLM_F_ACK | request.flags();
        out.begin(request.type(), flags, sequence, transport.portId());
        request.body().accept(out);
        out.end();
        return sequence;
    }

    private Optional<NetlinkException> refuse(Request request, int start, ErrorMessage error) {
        if (error.errno() == 0) {
            return Optional.empty();
        }
        ByteBuffer sent = out.datagram();
        NetlinkMessage message = NetlinkMessage.split(sent.position(start)).get(0);
        Optional<String> field = error.offset().isPresent()
                ? diagnosis.fieldAt(message, error.offset().getAsInt())
                : Optional.empty();
        return Optional.of(new NetlinkException(
                error.errno(),
                new NetlinkException.Refusal(
                        request.description(),
                        error.text(),
                        field,
                        OptionalInt.of(message.sequence()),
                        diagnosis.hint(message, error))));
    }

    private static void raise(NetlinkException refusal) {
        throw refusal;
    }
}
