package org.xfrmctl.it.contract;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Optional;
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

    private final class Noting extends PassingTransport {
        Noting(NetlinkTransport transport) {
            super(transport);
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
        public void send(ByteBuffer datagram) {
            super.send(note(datagram));
        }

        @Override
        public ByteBuffer receive() {
            return note(super.receive());
        }

        @Override
        public Optional<ByteBuffer> receiveNow() {
            return super.receiveNow().map(this::note);
        }
    }
}
