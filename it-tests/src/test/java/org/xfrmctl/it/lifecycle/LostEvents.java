package org.xfrmctl.it.lifecycle;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.NetlinkTransport;

/** A socket whose queue is full whenever an event comes: it tells that there was one, and not which. */
final class LostEvents implements NetlinkTransport {
    private final NetlinkTransport transport;
    private volatile boolean listens;

    LostEvents(NetlinkTransport transport) {
        this.transport = transport;
    }

    @Override
    public int portId() {
        return transport.portId();
    }

    @Override
    public void send(ByteBuffer datagram) {
        transport.send(datagram);
    }

    @Override
    public ByteBuffer receive() {
        ByteBuffer datagram = transport.receive();
        if (listens) {
            throw new NetlinkException(Errno.ENOBUFS.number(), "receive");
        }
        return datagram;
    }

    @Override
    public Optional<ByteBuffer> receiveNow() {
        return transport.receiveNow();
    }

    @Override
    public OptionalInt sender() {
        return transport.sender();
    }

    @Override
    public void join(int group) {
        transport.join(group);
        listens = true;
    }

    @Override
    public void listenToAllNamespaces() {
        transport.listenToAllNamespaces();
    }

    @Override
    public void close() {
        transport.close();
    }
}
