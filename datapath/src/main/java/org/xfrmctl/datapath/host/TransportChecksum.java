package org.xfrmctl.datapath.host;

import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.wire.IcmpHeader;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.datapath.wire.Ipv6Chain;
import org.xfrmctl.datapath.wire.TcpHeader;
import org.xfrmctl.datapath.wire.UdpHeader;

/** What a NAT has made wrong behind the ESP that hid it: the checksums that are about addresses (RFC 3948, section 3.1.2). */
final class TransportChecksum {
    private TransportChecksum() {}

    /** Computes the checksum of what follows the IP headers anew; UDP without one stays so. */
    static void makeRight(PacketBuffer packet, IpHeader ip) {
        int protocol = ip.protocol();
        int at = ip.length();
        if (!(ip instanceof Ipv4Header)) {
            Ipv6Chain chain = Ipv6Chain.walk(packet);
            protocol = chain.protocol();
            at = chain.offset();
        }
        int length = ip.totalLength() - at;
        switch (protocol) {
            case UdpHeader.PROTOCOL ->
                UdpHeader.read(packet, at).filter(udp -> udp.checksum() != 0).ifPresent(udp -> udp.updateChecksum(ip));
            case TcpHeader.PROTOCOL -> TcpHeader.read(packet, at).ifPresent(tcp -> tcp.updateChecksum(ip, length));
            case IcmpHeader.PROTOCOL_V4, IcmpHeader.PROTOCOL_V6 ->
                IcmpHeader.read(packet, at).ifPresent(icmp -> icmp.updateChecksum(ip, length));
            default -> {
                // Others are about themselves.
            }
        }
    }
}
