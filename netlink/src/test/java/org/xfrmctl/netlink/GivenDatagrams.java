package org.xfrmctl.netlink;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A transport that has these datagrams to give, whatever is asked, and is closed behind them. */
public final class GivenDatagrams implements NetlinkTransport {
    private final Deque<ByteBuffer> waiting;

    public GivenDatagrams(ByteBuffer... datagrams) {
        waiting = new ArrayDeque<>(List.of(datagrams));
    }

    public void add(ByteBuffer datagram) {
        waiting.add(datagram);
    }

    @Override
    public int portId() {
        return 0;
    }

    @Override
    public void send(ByteBuffer datagram) {}

    @Override
    public ByteBuffer receive() {
        return receiveNow().orElseThrow(TransportClosedException::new);
    }

    @Override
    public Optional<ByteBuffer> receiveNow() {
        return Optional.ofNullable(waiting.poll());
    }

    @Override
    public OptionalInt sender() {
        return OptionalInt.empty();
    }

    @Override
    public void join(int group) {}

    @Override
    public void listenToAllNamespaces() {}

    @Override
    public void close() {}
}
