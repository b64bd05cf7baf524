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
    private static final int GRE_KEY_PRESENT = 0x2000;
    private static final int GRE_CHECKSUM_PRESENT = 0x8000;

    /**
     * Decodes the packet's flow as net/xfrm/xfrm_policy.c, decode_session4() and decode_session6() do; empty only if
     * there is no sound IP header. Ports that are cut off read as 0.
     */
    public static Optional<Flow> of(PacketBuffer packet) {
        return IpHeader.read(packet).map(ip -> of(packet, ip));
    }

    private static Flow of(PacketBuffer packet, IpHeader ip) {
        if (ip instanceof Ipv4Header v4) {
            return of(packet, ip, v4.protocol(), v4.isFragment() ? packet.length() : v4.length());
        }
        Ipv6Chain chain = Ipv6Chain.walk(packet);
        return of(packet, ip, chain.protocol(), chain.isFragment() ? packet.length() : chain.offset());
    }

    private static Flow of(PacketBuffer packet, IpHeader ip, int protocol, int offset) {
        int available = Math.min(ip.totalLength(), packet.length()) - offset;
        int ports = ports(packet, protocol, offset, available);
        return new Flow(ip.source(), ip.destination(), protocol, ports >>> 16, ports & 0xffff);
    }

    /** Both ports as one word. */
    private static int ports(PacketBuffer packet, int protocol, int offset, int available) {
        return switch (protocol) {
            // TCP, UDP, DCCP, SCTP, UDP-Lite
            case 6, 17, 33, 132, 136 -> available >= 4 ? packet.i32(offset) : 0;
            case IcmpHeader.PROTOCOL_V4, IcmpHeader.PROTOCOL_V6 ->
                available >= 2 ? packet.u8(offset) << 16 | packet.u8(offset + 1) : 0;
            case 47 -> greKey(packet, offset, available);
            // the mobility header's type (RFC 6275, section 6.1.1)
            case 135 -> available >= 3 ? packet.u8(offset + 2) << 16 : 0;
            default -> 0;
        };
    }

    /** RFC 2890, section 2: the key follows the optional checksum word. */
    private static int greKey(PacketBuffer packet, int offset, int available) {
        if (available < 4 || (packet.u16(offset) & GRE_KEY_PRESENT) == 0) {
            return 0;
        }
        int at = (packet.u16(offset) & GRE_CHECKSUM_PRESENT) != 0 ? 8 : 4;
        return available >= at + 4 ? packet.i32(offset + at) : 0;
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
