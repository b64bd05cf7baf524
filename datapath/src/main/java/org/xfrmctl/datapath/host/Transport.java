package org.xfrmctl.datapath.host;

import java.util.Set;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.host.tcp.Tcp;
import org.xfrmctl.datapath.wire.IcmpHeader;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.datapath.wire.Ipv6Chain;
import org.xfrmctl.datapath.wire.TcpHeader;
import org.xfrmctl.datapath.wire.UdpHeader;

/** What a host does with a whole packet for itself that policy has let pass. */
record Transport(IcmpInput icmp, Udp udp, Tcp tcp, IcmpErrors errors) {
    /** What somebody takes and says nothing about: IP in IP, UDP-Lite, and what XFRM takes. */
    private static final Set<Integer> SILENT = Set.of(4, 41, 50, 51, 108, 136);

    /** So it is with this one, which IPv6 does not have. */
    private static final int IGMP = 2;

    /** No next header (RFC 8200, section 4.7). */
    private static final int NOTHING = 59;

    void deliver(PacketBuffer packet, IpHeader ip) {
        int protocol = ip.protocol();
        int at = ip.length();
        if (!(ip instanceof Ipv4Header)) {
            Ipv6Chain chain = Ipv6Chain.walk(packet);
            protocol = chain.protocol();
            at = chain.offset();
        }
        switch (protocol) {
            case IcmpHeader.PROTOCOL_V4, IcmpHeader.PROTOCOL_V6 -> icmp.take(packet, ip);
            case UdpHeader.PROTOCOL -> udp.take(packet, ip, at);
            case TcpHeader.PROTOCOL -> tcp.take(packet, ip, at);
            default -> {
                int nobody = ip instanceof Ipv4Header ? IGMP : NOTHING;
                if (!SILENT.contains(protocol) && protocol != nobody) {
                    errors.protocolUnreachable(packet);
                }
            }
        }
    }
}
