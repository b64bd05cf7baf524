package org.xfrmctl.datapath.host;

import java.util.Optional;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.engine.XfrmNamespace;
import org.xfrmctl.datapath.wire.IcmpHeader;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.datapath.wire.Ipv6Chain;
import org.xfrmctl.datapath.wire.Ipv6Header;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Spi;

/** Sends the ICMP errors of a router and learns from those of others (RFC 1812, section 4.3; RFC 4443, section 2.4). */
final class IcmpErrors {
    private static final int LONGEST_V4 = 576;
    private static final int LONGEST_V6 = 1280;
    /** Internetwork control precedence (RFC 1812, section 4.3.2.5); of the old TOS bits the packet's own stay. */
    private static final int PRECEDENCE = 0xc0;

    private static final int HIGHEST_V4 = 18;
    private static final int TOS_BITS = 0x1e;

    private final LocalSender sender;
    private final RoutingTable routing;
    private final XfrmNamespace namespace;

    IcmpErrors(LocalSender sender, RoutingTable routing, XfrmNamespace namespace) {
        this.sender = sender;
        this.routing = routing;
        this.namespace = namespace;
    }

    /** "Fragmentation needed" or "packet too big". */
    void tooBig(PacketBuffer about, int mtu) {
        send(about, IcmpHeader.V4_UNREACHABLE, IcmpHeader.V4_FRAGMENTATION_NEEDED, IcmpHeader.V6_PACKET_TOO_BIG, mtu);
    }

    void timeExceeded(PacketBuffer about) {
        send(about, IcmpHeader.V4_TIME_EXCEEDED, 0, IcmpHeader.V6_TIME_EXCEEDED, 0);
    }

    /** "Network unreachable", for IPv6 "no route". */
    void unreachable(PacketBuffer about) {
        send(about, IcmpHeader.V4_UNREACHABLE, 0, IcmpHeader.V6_UNREACHABLE, 0);
    }

    private void send(PacketBuffer about, int typeV4, int codeV4, int typeV6, int rest) {
        IpHeader ip = IpHeader.read(about).orElseThrow();
        if (mustNotAnswer(about, ip)) {
            return;
        }
        boolean v4 = ip.family() == Family.INET;
        int header = v4 ? Ipv4Header.LENGTH : Ipv6Header.LENGTH;
        int longest = (v4 ? LONGEST_V4 : LONGEST_V6) - header - IcmpHeader.LENGTH;
        PacketBuffer quote = PacketBuffer.of(about.array(), about.start(), Math.min(longest, ip.totalLength()));
        IcmpHeader.prepend(quote, v4 ? typeV4 : typeV6, v4 ? codeV4 : 0, rest);
        sender.send(new Datagram(
                Optional.empty(),
                ip.source(),
                v4 ? IcmpHeader.PROTOCOL_V4 : IcmpHeader.PROTOCOL_V6,
                quote,
                v4 ? (ip.trafficClass() & TOS_BITS) | PRECEDENCE : 0,
                Discovery.DONT));
    }

    /** No error about an error, nor about a later fragment, nor to nobody in particular (RFC 1122, section 3.2.2). */
    private static boolean mustNotAnswer(PacketBuffer about, IpHeader ip) {
        if (ip.source().isAny()) {
            return true;
        }
        if (ip instanceof Ipv4Header v4) {
            return v4.fragmentOffset() != 0
                    || (v4.protocol() == IcmpHeader.PROTOCOL_V4 && isErrorV4(about, v4.length()));
        }
        Ipv6Chain chain = Ipv6Chain.walk(about);
        return chain.protocol() == IcmpHeader.PROTOCOL_V6
                && !chain.isFragment()
                && chain.offset() < about.length()
                && about.u8(chain.offset()) < 128;
    }

    private static boolean isErrorV4(PacketBuffer packet, int at) {
        return at >= packet.length()
                || switch (packet.u8(at)) {
                    case 3, 4, 5, 11, 12 -> true;
                    // Nobody knows what that is (icmp_send()).
                    default -> packet.u8(at) > HIGHEST_V4;
                };
    }

    /** Takes an MTU from an error about a packet of ours; a quoted IPsec packet must belong to a state (RFC 4301, 8.2). */
    void learn(PacketBuffer packet, IpHeader ip, IcmpHeader icmp, int at) {
        int quote = at + IcmpHeader.LENGTH;
        if (ip.family() == Family.INET
                && icmp.type() == IcmpHeader.V4_UNREACHABLE
                && icmp.code() == IcmpHeader.V4_FRAGMENTATION_NEEDED) {
            Ipv4Header.quoted(packet, quote)
                    .ifPresent(about -> learn(packet, about, quote + about.length(), icmp.rest() & 0xffff));
        } else if (ip.family() == Family.INET6 && icmp.type() == IcmpHeader.V6_PACKET_TOO_BIG) {
            Ipv6Header.quoted(packet, quote)
                    .ifPresent(about -> learn(packet, about, quote + about.length(), icmp.rest()));
        }
    }

    private void learn(PacketBuffer packet, IpHeader about, int payload, int mtu) {
        if (routing.isLocal(about.source()) && isKnown(packet, about, payload)) {
            routing.learn(about.destination(), mtu);
        }
    }

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
