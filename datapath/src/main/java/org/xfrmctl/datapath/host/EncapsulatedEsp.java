package org.xfrmctl.datapath.host;

import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.datapath.wire.Ipv6Chain;
import org.xfrmctl.datapath.wire.UdpHeader;

/** Makes bare ESP of ESP in UDP: the UDP header goes, the IP header moves up ({@code xfrm4_udp_encap_rcv}). */
final class EncapsulatedEsp {
    private static final int ESP = 50;

    private EncapsulatedEsp() {}

    static void unwrap(PacketBuffer packet, int udpAt) {
        boolean v4 = packet.u8(0) >> 4 == 4;
        int field = v4 ? 9 : Ipv6Chain.walk(packet).nextHeaderField();
        packet.u8(field, ESP);
        System.arraycopy(packet.array(), packet.start(), packet.array(), packet.start() + UdpHeader.LENGTH, udpAt);
        packet.dropFront(UdpHeader.LENGTH);
        if (v4) {
            packet.u16(2, packet.length());
        } else {
            packet.u16(4, packet.length() - 40);
        }
        IpHeader ip = IpHeader.read(packet).orElseThrow();
        if (ip instanceof Ipv4Header) {
            ip.finish(packet.length());
        }
    }
}
