package org.xfrmctl.netlink.xfrm;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.NetlinkTransport;
import org.xfrmctl.netlink.NetlinkTransport.TransportClosedException;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.XfrmGroup;

/**
 * The messages of multicast groups as they come. Not safe for several threads, except that {@link #close()} may come from
 * any and ends {@link #run}.
 */
public final class EventStream implements AutoCloseable {
    private final NetlinkTransport transport;

    /** Where messages go. */
    public interface Receiver {
        /**
         * A message came.
         *
         * @param message only valid until this returns
         * @param namespace the id of the network namespace that it came from; empty for the socket's own
         */
        void message(NetlinkMessage message, OptionalInt namespace);

        /**
         * Messages were lost, for the queue was full ({@code ENOBUFS}). Those that were queued before still come; what
         * happened after them, until now, does not.
         */
        void lost();
    }

    /**
     * Takes over the transport, joins the groups, and closes it with itself.
     *
     * @throws NetlinkException EPERM without CAP_NET_ADMIN
     */
    public EventStream(NetlinkTransport transport, List<Integer> groups) {
        this.transport = transport;
        for (int group : groups) {
            try {
                transport.join(group);
            } catch (NetlinkException refusal) {
                transport.close();
                throw new NetlinkException(refusal.number(), "listen to " + XfrmGroup.name(group) + " events");
            }
        }
    }

    /** See {@link NetlinkTransport#listenToAllNamespaces()}. */
    public void listenToAllNamespaces() {
        transport.listenToAllNamespaces();
    }

    /** Hands on what comes until the stream is closed. */
    public void run(Receiver receiver) {
        try {
            while (true) {
                next(receiver);
            }
        } catch (TransportClosedException closed) {
            // That is how it ends.
        }
    }

    /**
     * Waits for the next datagram and hands it on.
     *
     * @throws TransportClosedException once the stream is closed
     */
    public void next(Receiver receiver) {
        try {
            deliver(transport.receive(), receiver);
        } catch (NetlinkException failure) {
            lost(failure, receiver);
        }
    }

    /** Hands on all that has come already. */
    public void drain(Receiver receiver) {
        boolean more = true;
        while (more) {
            try {
                Optional<ByteBuffer> datagram = transport.receiveNow();
                datagram.ifPresent(bytes -> deliver(bytes, receiver));
                more = datagram.isPresent();
            } catch (NetlinkException failure) {
                lost(failure, receiver);
            }
        }
    }

    private void deliver(ByteBuffer datagram, Receiver receiver) {
        OptionalInt namespace = transport.sender();
        for (NetlinkMessage message : NetlinkMessage.split(datagram)) {
            if (!message.isControl()) {
                receiver.message(message, namespace);
            }
        }
    }

    private static void lost(NetlinkException failure, Receiver receiver) {
        if (!failure.is(Errno.ENOBUFS)) {
            throw failure;
        }
        receiver.lost();
    }

    @Override
    public void close() {
        transport.close();
    }
}
