package org.xfrmctl.datapath.engine;

import java.util.Optional;
import org.xfrmctl.model.IpAddress;

/** What the engine asks of the host's routing table. */
@FunctionalInterface
public interface Routing {
    /** The way to a destination; empty if there is none. */
    Optional<Path> path(IpAddress destination);

    /**
     * Whether a packet may go out with this source address. On IPv4 it must be one of the host's own
     * ({@code ip_route_output_key_hash_rcu()}).
     */
    default boolean sendsFrom(IpAddress source) {
        return true;
    }

    /**
     * A way.
     *
     * @param mtu what passes along it as far as is known: the link's MTU, or less if a router has said so
     * @param source the address that a packet without one would get
     * @param device the interface index
     */
    record Path(int mtu, IpAddress source, int device) {}
}
