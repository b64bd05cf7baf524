package org.xfrmctl.datapath.link;

import org.xfrmctl.model.IpAddress;

/** One end of a link. */
public interface Port {
    /** Whether a packet that is sent to this next hop is for this port: what ARP and neighbour discovery find out. */
    boolean owns(IpAddress address);

    /** Takes a packet from the IP header on; the array is the port's own from now on. */
    void receive(byte[] packet);

    /** As {@link #receive(byte[])}, with the next hop that the packet was sent to, for a port that passes it on. */
    default void receive(byte[] packet, IpAddress nextHop) {
        receive(packet);
    }
}
