package org.xfrmctl.datapath.host;

import java.util.Optional;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.model.IpAddress;

/**
 * What a local sender hands to IP.
 *
 * @param source the source address; empty to take the route's
 * @param payload what follows the IP header; taken over by the sender
 * @param trafficClass the whole TOS or traffic class byte
 * @param mark of the socket ({@code SO_MARK})
 */
public record Datagram(
        Optional<IpAddress> source,
        IpAddress destination,
        int protocol,
        PacketBuffer payload,
        int trafficClass,
        int mark,
        Discovery discovery) {
    /** Without a mark. */
    Datagram(
            Optional<IpAddress> source,
            IpAddress destination,
            int protocol,
            PacketBuffer payload,
            int trafficClass,
            Discovery discovery) {
        this(source, destination, protocol, payload, trafficClass, 0, discovery);
    }
}
