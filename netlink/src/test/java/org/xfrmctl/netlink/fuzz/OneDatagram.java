package org.xfrmctl.netlink.fuzz;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.netlink.NetlinkTransport;

/** A transport that has one datagram to give, whatever is asked, and is closed behind it. */
final class OneDatagram implements NetlinkTransport {
    private Optional<ByteBuffer> answer;

    OneDatagram(byte[] answer) {
        this.answer = Optional.of(Datagram.of(answer.clone()));
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
        Optional<ByteBuffer> next = answer;
        answer = Optional.empty();
        return next;
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
