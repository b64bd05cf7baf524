package org.xfrmctl.it.contract;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.xfrmctl.netlink.NetlinkTransport;
import org.xfrmctl.netlink.message.NetlinkMessage;

/** Which types of messages passed the sockets of a run, in either direction. */
final class MessageTypes {
    private final Set<Integer> types = new ConcurrentSkipListSet<>();

    Set<Integer> types() {
        return Collections.unmodifiableSet(types);
    }

    NetlinkTransport noting(NetlinkTransport transport) {
        return new Noting(transport);
    }

    private final class Noting implements NetlinkTransport {
        private final NetlinkTransport transport;

        Noting(NetlinkTransport transport) {
            this.transport = transport;
        }

        private ByteBuffer note(ByteBuffer datagram) {
            for (NetlinkMessage message :
                    NetlinkMessage.split(datagram.duplicate().order(datagram.order()))) {
                if (!message.isControl()) {
                    types.add(message.type());
                }
            }
            return datagram;
        }

        @Override
        public int portId() {
            return transport.portId();
        }

        @Override
        public void send(ByteBuffer datagram) {
            transport.send(note(datagram));
        }

        @Override
        public ByteBuffer receive() {
            return note(transport.receive());
        }

        @Override
        public Optional<ByteBuffer> receiveNow() {
            return transport.receiveNow().map(this::note);
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
}
