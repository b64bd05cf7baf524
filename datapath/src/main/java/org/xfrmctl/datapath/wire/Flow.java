package org.xfrmctl.datapath.wire;

import java.util.Optional;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.model.IpAddress;

/**
 * What a selector is compared with (include/net/xfrm.h, xfrm_flowi_sport() and xfrm_flowi_dport()).
 *
 * @param protocol the upper protocol, behind the IPv6 extension headers
 * @param sourcePort the port; the type for ICMP and mobility headers; the upper half of a GRE key; 0 for fragments and
 *     for protocols without ports
 * @param destinationPort the port; the code for ICMP; the lower half of a GRE key; otherwise 0
 */
public record Flow(IpAddress source, IpAddress destination, int protocol, int sourcePort, int destinationPort) {
    /**
     * Decodes the packet's flow as net/xfrm/xfrm_policy.c, decode_session4() and decode_session6() do; empty only if
     * there is no sound IP header. Ports that are cut off read as 0.
     */
    public static Optional<Flow> of(PacketBuffer packet) {
        FlowReader reader = new FlowReader();
        return reader.read(packet) ? Optional.of(reader.flow()) : Optional.empty();
    }

    /** The way back: source and destination exchanged; ICMP types stay where they are. */
    public Flow reversed() {
        boolean ported = protocol != IcmpHeader.PROTOCOL_V4 && protocol != IcmpHeader.PROTOCOL_V6;
        return new Flow(
                destination,
                source,
                protocol,
                ported ? destinationPort : sourcePort,
                ported ? sourcePort : destinationPort);
    }
}
