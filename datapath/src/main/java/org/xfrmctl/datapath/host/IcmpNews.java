package org.xfrmctl.datapath.host;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.engine.XfrmNamespace;
import org.xfrmctl.datapath.host.tcp.Tcp;
import org.xfrmctl.datapath.wire.FragmentHeader;
import org.xfrmctl.datapath.wire.IcmpHeader;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.datapath.wire.Ipv6Chain;
import org.xfrmctl.datapath.wire.Ipv6Header;
import org.xfrmctl.datapath.wire.TcpHeader;
import org.xfrmctl.datapath.wire.UdpHeader;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.echo.Heard;
import org.xfrmctl.netlink.Errno;

/** What ICMP errors tell about packets of ours: an MTU, or that they did not arrive. Each quotes the packet it is about. */
final class IcmpNews {
    /** Of the quoted packet's payload, what every error has. */
    private static final int LEAST_QUOTE = 8;

    private static final String REFUSED = "Connection refused";
    private static final String UNREACHABLE = "No route to host";

    private final RoutingTable routing;
    private final XfrmNamespace namespace;
    private final Tcp tcp;
    private final Udp udp;
    private final Ping ping;
    private final Set<Integer> encapsulations = new HashSet<>();

    IcmpNews(RoutingTable routing, XfrmNamespace namespace, Tcp tcp, Udp udp, Ping ping) {
        this.routing = routing;
        this.namespace = namespace;
        this.tcp = tcp;
        this.udp = udp;
        this.ping = ping;
    }

    /** What comes from this UDP port of ours is ESP. */
    void encapsulate(int port) {
        encapsulations.add(port);
    }

    /** Takes a message whose checksum is right; {@code at} is where it stands. */
    void take(PacketBuffer packet, IpHeader ip, IcmpHeader icmp, int at) {
        int quote = at + IcmpHeader.LENGTH;
        Optional<? extends IpHeader> quoted =
                ip.family() == Family.INET ? Ipv4Header.quoted(packet, quote) : Ipv6Header.quoted(packet, quote);
        if (quoted.isEmpty() || !routing.isLocal(quoted.get().source())) {
            return;
        }
        Optional<Quote> found = find(packet, quoted.get(), quote);
        if (found.isEmpty()) {
            return;
        }
        Quote about = found.get();
        if (isTooBig(ip, icmp)) {
            int mtu = ip.family() == Family.INET ? icmp.rest() & 0xffff : icmp.rest();
            tooBig(packet, about, mtu);
            tellPing(packet, about, new Heard.TooBig(ip.source(), mtu));
        } else if (icmp.type()
                == (ip.family() == Family.INET ? IcmpHeader.V4_UNREACHABLE : IcmpHeader.V6_UNREACHABLE)) {
            tellPing(packet, about, new Heard.Undelivered(ip.source(), reason(ip, icmp)));
            boolean port = icmp.code() == (ip.family() == Family.INET ? IcmpHeader.V4_PORT : IcmpHeader.V6_PORT);
            unreachable(packet, about, port ? REFUSED : UNREACHABLE);
        }
    }

    /** What the socket of an echo request is told ({@code net/ipv4/icmp.c, icmp_err_convert; net/ipv6/icmp.c, tab_unreach}). */
    private static String reason(IpHeader ip, IcmpHeader icmp) {
        if (icmp.code() == 0) {
            return Errno.ENETUNREACH.text();
        }
        return ip.family() == Family.INET6 && icmp.code() == IcmpHeader.V6_PROHIBITED
                ? Errno.EACCES.text()
                : UNREACHABLE;
    }

    private void tellPing(PacketBuffer packet, Quote about, Heard error) {
        boolean v4 = about.protocol() == IcmpHeader.PROTOCOL_V4;
        boolean request = (v4 || about.protocol() == IcmpHeader.PROTOCOL_V6)
                && packet.u8(about.payload()) == (v4 ? IcmpHeader.V4_ECHO_REQUEST : IcmpHeader.V6_ECHO_REQUEST);
        if (request) {
            ping.failed(packet.u16(about.payload() + 4), packet.u16(about.payload() + 6), error);
        }
    }

    /** A quoted packet: its header, and where which protocol begins. */
    private record Quote(IpHeader ip, int protocol, int payload) {}

    /** Empty if it is a later fragment, which says nothing of ports and SPIs, or too little is quoted. */
    private static Optional<Quote> find(PacketBuffer packet, IpHeader ip, int at) {
        Quote quote;
        boolean later;
        if (ip instanceof Ipv4Header v4) {
            quote = new Quote(ip, ip.protocol(), at + ip.length());
            later = v4.fragmentOffset() != 0;
        } else {
            Ipv6Chain chain = Ipv6Chain.walk(packet, at);
            quote = new Quote(ip, chain.protocol(), chain.offset());
            later = chain.isFragment()
                    && FragmentHeader.read(packet, chain.fragment())
                            .filter(fragment -> fragment.offset() == 0)
                            .isEmpty();
        }
        return later || packet.length() < quote.payload() + LEAST_QUOTE ? Optional.empty() : Optional.of(quote);
    }

    private static boolean isTooBig(IpHeader ip, IcmpHeader icmp) {
        return ip.family() == Family.INET
                ? icmp.type() == IcmpHeader.V4_UNREACHABLE && icmp.code() == IcmpHeader.V4_FRAGMENTATION_NEEDED
                : icmp.type() == IcmpHeader.V6_PACKET_TOO_BIG;
    }

    private void tooBig(PacketBuffer packet, Quote about, int mtu) {
        if (about.protocol() == TcpHeader.PROTOCOL) {
            tcp.tooBig(about.ip(), packet, about.payload(), mtu);
        } else if (isKnown(packet, about)) {
            routing.learn(about.ip().destination(), mtu);
        }
    }

    private void unreachable(PacketBuffer packet, Quote about, String reason) {
        if (about.protocol() == TcpHeader.PROTOCOL) {
            tcp.unreachable(about.ip(), packet, about.payload(), reason);
        } else if (about.protocol() == UdpHeader.PROTOCOL) {
            udp.unreachable(packet.u16(about.payload()), reason);
        }
    }

    /**
     * Whether the quoted packet can be ours: IPsec must belong to a state (RFC 4301, section 8.2.1), UDP come from an open
     * port, an echo request from the ping that runs.
     */
    private boolean isKnown(PacketBuffer packet, Quote about) {
        IpProtocol proto = new IpProtocol(about.protocol());
        int payload = about.payload();
        if (proto.isIpsec()) {
            Spi spi = proto.equals(IpProtocol.COMP)
                    ? new Spi(packet.u16(payload + 2))
                    : new Spi(packet.i32(proto.equals(IpProtocol.AH) ? payload + 4 : payload));
            return hasState(new SaId(about.ip().destination(), spi, proto));
        }
        return switch (about.protocol()) {
            case UdpHeader.PROTOCOL -> isKnownUdp(packet, about.ip(), payload);
            case IcmpHeader.PROTOCOL_V4, IcmpHeader.PROTOCOL_V6 -> isOurEcho(packet, about.ip(), payload);
            default -> false;
        };
    }

    private boolean isKnownUdp(PacketBuffer packet, IpHeader about, int payload) {
        int port = packet.u16(payload);
        if (!encapsulations.contains(port)) {
            return udp.isOpen(port);
        }
        int esp = payload + UdpHeader.LENGTH;
        return packet.length() >= esp + 4
                && hasState(new SaId(about.destination(), new Spi(packet.i32(esp)), IpProtocol.ESP));
    }

    /**
     * A reply is believed of IPv6, as Linux does, for it is not remembered which were sent, and no router cuts them; on IPv4
     * they may be cut, so that nobody has to say that one is too big.
     */
    private boolean isOurEcho(PacketBuffer packet, IpHeader about, int payload) {
        boolean v4 = about.family() == Family.INET;
        int type = packet.u8(payload);
        return type == (v4 ? IcmpHeader.V4_ECHO_REQUEST : IcmpHeader.V6_ECHO_REQUEST)
                ? ping.isRunning(packet.u16(payload + 4))
                : !v4 && type == IcmpHeader.V6_ECHO_REPLY;
    }

    private boolean hasState(SaId id) {
        namespace.lock().lock();
        try {
            return namespace.states().find(id, 0).isPresent();
        } finally {
            namespace.lock().unlock();
        }
    }
}
