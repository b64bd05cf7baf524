package org.xfrmctl.it.contract;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.netlink.NetlinkTransport;

/** A socket that passes everything on; who stands between overrides what it is for. */
public class PassingTransport implements NetlinkTransport {
    private final NetlinkTransport transport;

    public PassingTransport(NetlinkTransport transport) {
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
        return transport.receive();
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
