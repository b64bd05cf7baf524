package org.xfrmctl.netlink;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;

/** A transport whose kernel is a function: a request in, datagrams out. Its receive buffer is reused, as a real one is. */
public final class FakeTransport implements NetlinkTransport {
    public static final int PORT = 4711;

    private final Function<NetlinkMessage, List<MessageWriter>> kernel;
    private final Deque<ByteBuffer> pending = new ArrayDeque<>();
    private final byte[] incoming = new byte[65536];
    private final List<Integer> datagrams = new ArrayList<>();

    public FakeTransport(Function<NetlinkMessage, List<MessageWriter>> kernel) {
        this.kernel = kernel;
    }

    /** How many requests each sent datagram held. */
    public List<Integer> datagrams() {
        return datagrams;
    }

    @Override
    public int portId() {
        return PORT;
    }

    @Override
    public void send(ByteBuffer datagram) {
        List<NetlinkMessage> requests = NetlinkMessage.split(datagram);
        datagrams.add(requests.size());
        for (NetlinkMessage request : requests) {
            for (MessageWriter reply : kernel.apply(request)) {
                ByteBuffer view = reply.datagram();
                ByteBuffer copy = ByteBuffer.allocate(view.limit()).order(view.order());
                pending.add(copy.put(0, view, 0, view.limit()));
            }
        }
    }

    @Override
    public ByteBuffer receive() {
        return receiveNow().orElseThrow(() -> new AssertionError("the client waits for what never comes"));
    }

    @Override
    public Optional<ByteBuffer> receiveNow() {
        ByteBuffer next = pending.poll();
        if (next == null) {
            return Optional.empty();
        }
        next.get(0, incoming, 0, next.limit());
        return Optional.of(ByteBuffer.wrap(incoming, 0, next.limit()).slice().order(next.order()));
    }

    @Override
    public OptionalInt sender() {
        return OptionalInt.empty();
    }

    @Override
    public void listenToAllNamespaces() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void join(int group) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        pending.clear();
    }
}
