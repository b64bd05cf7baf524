package org.xfrmctl.datapath.engine;

import java.util.Optional;
import org.xfrmctl.model.IpAddress;

/** What the engine asks of the host's routing table. */
@FunctionalInterface
public interface Routing {
    /** The way to a destination; empty if there is none. */
    Optional<Path> path(IpAddress destination);

    /**
     * The way of what a state with a new header makes, as rules may tell it from what is in it; empty if there is none. Who
     * has no rules goes by the destination.
     */
    default Optional<Path> path(Outer outer) {
        return path(outer.destination());
    }

    /**
     * Whether a packet may go out with this source address. On IPv4 it must be one of the host's own
     * ({@code ip_route_output_key_hash_rcu()}).
     */
    default boolean sendsFrom(IpAddress source) {
        return true;
    }

    /**
     * What a packet has behind a state that makes it a new header ({@code xfrm_dst_lookup()}).
     *
     * @param mark that which the state sets; 0 if it sets none, whatever the packet in it has
     */
    record Outer(IpAddress source, IpAddress destination, int mark) {}

    /**
     * A way.
     *
     * @param mtu what passes along it as far as is known: the link's MTU, or less if a router has said so
     * @param source the address that a packet without one would get
     * @param device the interface index
     * @param here whether it ends at this host, which then passes nothing on by it
     */
    record Path(int mtu, IpAddress source, int device, boolean here) {
        /** One that leads elsewhere. */
        public Path(int mtu, IpAddress source, int device) {
            this(mtu, source, device, false);
        }
    }
}
