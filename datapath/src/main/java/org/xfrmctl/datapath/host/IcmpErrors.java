package org.xfrmctl.datapath.host;

import java.util.Optional;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.wire.IcmpHeader;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.datapath.wire.Ipv6Chain;
import org.xfrmctl.datapath.wire.Ipv6Header;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;

/** Sends the ICMP errors of a router and of a host (RFC 1812, section 4.3; RFC 1122, section 3.2.2; RFC 4443). */
final class IcmpErrors {
    private static final int LONGEST_V4 = 576;
    private static final int LONGEST_V6 = 1280;
    /** Internetwork control precedence (RFC 1812, section 4.3.2.5); of the old TOS bits the packet's own stay. */
    private static final int PRECEDENCE = 0xc0;

    private static final int HIGHEST_V4 = 18;
    private static final int TOS_BITS = 0x1e;

    private final LocalSender sender;
    private final RoutingTable routing;
    /** Empty as long as nobody has asked for them. */
    private Optional<ErrorLimits> limits = Optional.empty();

    IcmpErrors(LocalSender sender, RoutingTable routing) {
        this.sender = sender;
        this.routing = routing;
    }

    /** From now on no more is said than these let pass. */
    void limit(ErrorLimits value) {
        limits = Optional.of(value);
    }

    /** {@code icmpv4_mask_allow()}, {@code icmpv6_mask_allow()}: what path MTU discovery lives on is not counted. */
    private boolean isAllowed(Kind kind, boolean v4, IpAddress to) {
        boolean tooBig = v4
                ? kind.type() == IcmpHeader.V4_UNREACHABLE && kind.code() == IcmpHeader.V4_FRAGMENTATION_NEEDED
                : kind.type() == IcmpHeader.V6_PACKET_TOO_BIG;
        int prefix =
                routing.lookup(to).map(route -> route.destination().length()).orElse(0);
        return tooBig || limits.map(each -> each.allow(to, prefix)).orElse(true);
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

    /** "Host unreachable", for IPv6 "address unreachable": the link failed ({@code dst_link_failure}). */
    void hostUnreachable(PacketBuffer about) {
        send(about, new Kind(IcmpHeader.V4_UNREACHABLE, 1), new Kind(IcmpHeader.V6_UNREACHABLE, 3), 0);
    }

    /** Nobody listens on a UDP port. */
    void portUnreachable(PacketBuffer about) {
        send(
                about,
                new Kind(IcmpHeader.V4_UNREACHABLE, IcmpHeader.V4_PORT),
                new Kind(IcmpHeader.V6_UNREACHABLE, IcmpHeader.V6_PORT),
                0);
    }

    /** Nobody is at home for a protocol; on IPv6 "unrecognized next header", with where it stands. */
    void protocolUnreachable(PacketBuffer about) {
        Ipv6Chain chain = about.u8(0) >> 4 == 6 ? Ipv6Chain.walk(about) : null;
        send(
                about,
                new Kind(IcmpHeader.V4_UNREACHABLE, IcmpHeader.V4_PROTOCOL),
                new Kind(IcmpHeader.V6_PARAMETER_PROBLEM, IcmpHeader.V6_NEXT_HEADER),
                chain == null ? 0 : chain.nextHeaderField());
    }

    /** The type and code of a message. */
    private record Kind(int type, int code) {}

    private void send(PacketBuffer about, int typeV4, int codeV4, int typeV6, int rest) {
        send(about, new Kind(typeV4, codeV4), new Kind(typeV6, 0), rest);
    }

    private void send(PacketBuffer about, Kind kindV4, Kind kindV6, int rest) {
        IpHeader ip = IpHeader.read(about).orElseThrow();
        if (mustNotAnswer(about, ip)) {
            return;
        }
        boolean v4 = ip.family() == Family.INET;
        Kind kind = v4 ? kindV4 : kindV6;
        if (!isAllowed(kind, v4, ip.source())) {
            return;
        }
        int header = v4 ? Ipv4Header.LENGTH : Ipv6Header.LENGTH;
        int longest = (v4 ? LONGEST_V4 : LONGEST_V6) - header - IcmpHeader.LENGTH;
        PacketBuffer quote = PacketBuffer.of(about.array(), about.start(), Math.min(longest, ip.totalLength()));
        IcmpHeader.prepend(quote, kind.type(), kind.code(), rest);
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
}
