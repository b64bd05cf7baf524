package org.xfrmctl.datapath.host;

import java.util.Optional;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.engine.XfrmNamespace;
import org.xfrmctl.datapath.host.tcp.Tcp;
import org.xfrmctl.datapath.wire.IcmpHeader;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.datapath.wire.Ipv6Header;
import org.xfrmctl.datapath.wire.TcpHeader;
import org.xfrmctl.datapath.wire.UdpHeader;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Spi;

/** What ICMP errors tell about packets of ours: an MTU, or that they did not arrive. Each quotes the packet it is about. */
final class IcmpNews {
    private static final String REFUSED = "Connection refused";
    private static final String UNREACHABLE = "No route to host";

    private final RoutingTable routing;
    private final XfrmNamespace namespace;
    private final Tcp tcp;
    private final Udp udp;

    IcmpNews(RoutingTable routing, XfrmNamespace namespace, Tcp tcp, Udp udp) {
        this.routing = routing;
        this.namespace = namespace;
        this.tcp = tcp;
        this.udp = udp;
    }

    /** Takes a message whose checksum is right; {@code at} is where it stands. */
    void take(PacketBuffer packet, IpHeader ip, IcmpHeader icmp, int at) {
        int quote = at + IcmpHeader.LENGTH;
        Optional<? extends IpHeader> quoted =
                ip.family() == Family.INET ? Ipv4Header.quoted(packet, quote) : Ipv6Header.quoted(packet, quote);
        if (quoted.isEmpty() || !routing.isLocal(quoted.get().source())) {
            return;
        }
        IpHeader about = quoted.get();
        int payload = quote + about.length();
        if (isTooBig(ip, icmp)) {
            tooBig(packet, about, payload, ip.family() == Family.INET ? icmp.rest() & 0xffff : icmp.rest());
        } else if (icmp.type()
                == (ip.family() == Family.INET ? IcmpHeader.V4_UNREACHABLE : IcmpHeader.V6_UNREACHABLE)) {
            boolean port = icmp.code() == (ip.family() == Family.INET ? IcmpHeader.V4_PORT : IcmpHeader.V6_PORT);
            unreachable(packet, about, payload, port ? REFUSED : UNREACHABLE);
        }
    }

    private static boolean isTooBig(IpHeader ip, IcmpHeader icmp) {
        return ip.family() == Family.INET
                ? icmp.type() == IcmpHeader.V4_UNREACHABLE && icmp.code() == IcmpHeader.V4_FRAGMENTATION_NEEDED
                : icmp.type() == IcmpHeader.V6_PACKET_TOO_BIG;
    }

    private void tooBig(PacketBuffer packet, IpHeader about, int payload, int mtu) {
        if (about.protocol() == TcpHeader.PROTOCOL) {
            tcp.tooBig(about, packet, payload, mtu);
        } else if (isKnown(packet, about, payload)) {
            routing.learn(about.destination(), mtu);
        }
    }

    private void unreachable(PacketBuffer packet, IpHeader about, int payload, String reason) {
        if (about.protocol() == TcpHeader.PROTOCOL) {
            tcp.unreachable(about, packet, payload, reason);
        } else if (about.protocol() == UdpHeader.PROTOCOL && packet.length() >= payload + UdpHeader.LENGTH) {
            udp.unreachable(packet.u16(payload), reason);
        }
    }

    /** A quoted IPsec packet must belong to a state (RFC 4301, section 8.2.1). */
    private boolean isKnown(PacketBuffer packet, IpHeader about, int payload) {
        IpProtocol proto = new IpProtocol(about.protocol());
        if (!proto.isIpsec()) {
            return true;
        }
        if (packet.length() < payload + 8) {
            return false;
        }
        Spi spi = proto.equals(IpProtocol.COMP)
                ? new Spi(packet.u16(payload + 2))
                : new Spi(packet.i32(proto.equals(IpProtocol.AH) ? payload + 4 : payload));
        namespace.lock().lock();
        try {
            return namespace
                    .states()
                    .find(new SaId(about.destination(), spi, proto), 0)
                    .isPresent();
        } finally {
            namespace.lock().unlock();
        }
    }
}
