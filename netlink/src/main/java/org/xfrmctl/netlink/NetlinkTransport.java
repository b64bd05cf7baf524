package org.xfrmctl.netlink;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A netlink socket, as far as the two backends differ: datagrams in, datagrams out. Not safe for use by several threads
 * at once, except that {@link #close()} may come from any thread and ends a waiting {@link #receive()}.
 */
public interface NetlinkTransport extends AutoCloseable {
    /** The port id that the kernel gave this socket: replies carry it in {@code nlmsg_pid}. */
    int portId();

    /**
     * Sends the bytes between position and limit as one datagram, which may hold several requests.
     *
     * @throws NetlinkException with the errno of {@code sendmsg}
     */
    void send(ByteBuffer datagram);

    /**
     * Waits for the next datagram. The buffer is in native byte order, is only valid until the next call and may be
     * reused by it.
     *
     * @throws NetlinkException with the errno of {@code recvmsg}; ENOBUFS says that multicast messages were lost
     * @throws TransportClosedException if the transport was closed before or meanwhile
     */
    ByteBuffer receive();

    /**
     * The next datagram if it is here already, as {@link #receive()} gives it; empty rather than waiting.
     *
     * @throws NetlinkException as {@link #receive()}
     * @throws TransportClosedException if the transport was closed before
     */
    Optional<ByteBuffer> receiveNow();

    /**
     * The id of the network namespace that the last received datagram came from ({@code NETLINK_LISTEN_ALL_NSID}); empty
     * for this socket's own.
     */
    OptionalInt sender();

    /**
     * Joins a multicast group by its number (XFRMNLGRP_*, from 1).
     *
     * @throws NetlinkException EPERM without CAP_NET_ADMIN
     */
    void join(int group);

    /**
     * From now on the groups bring events of all namespaces that have an id in this one too ({@code ip netns list-id}).
     *
     * @throws NetlinkException EPERM without CAP_NET_BROADCAST
     */
    void listenToAllNamespaces();

    @Override
    void close();

    /** The transport was closed, so nothing more will come. */
    final class TransportClosedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public TransportClosedException() {
            super("the netlink socket is closed");
        }
    }
}
