package org.xfrmctl.datapath.host;

import java.util.Optional;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.engine.Decision;
import org.xfrmctl.datapath.engine.FlowKey;
import org.xfrmctl.datapath.engine.OutputProcessor;
import org.xfrmctl.datapath.engine.Packet;
import org.xfrmctl.datapath.engine.Verdict;
import org.xfrmctl.datapath.host.DeviceCounters.Counter;
import org.xfrmctl.datapath.link.Port;
import org.xfrmctl.datapath.wire.Flow;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.netlink.route.Link.Kind.Tunnel;
import org.xfrmctl.netlink.route.Link.Wrapping;

/**
 * An interface that wraps packets into GRE (RFC 2784, with the keys of RFC 2890) or IPv4 (RFC 2003) over IPv4 ({@code
 * net/ipv4/ip_tunnel.c}). What comes out of it is a packet of this host, which policies see as such. Like an {@link
 * XfrmInterface} it is the far end of a link of its own.
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |C| |K|S| Reserved0       | Ver |         Protocol Type         |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                         Key (optional)                        |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class TunnelInterface implements Port {
    private static final int GRE = 47;
    private static final int IPIP = 4;
    private static final int KEY_PRESENT = 0x2000;
    /** Flags and version that say more than that there is a key. */
    private static final int OTHER_FLAGS = 0xffff & ~KEY_PRESENT;

    private static final int ETHERTYPE_V4 = 0x0800;
    private static final int ETHERTYPE_V6 = 0x86dd;
    private static final int ECN = 0x03;
    private static final int ECT_0 = 0x02;
    private static final int ECT_1 = 0x01;
    private static final int CE = 0x03;
    /** Every IPv6 link takes so much, so nobody can be told to send less. */
    private static final int LEAST_V6 = 1280;

    private final Tunnel tunnel;
    private final RoutingTable routing;
    private final OutputProcessor output;
    private final Egress egress;
    private final IcmpErrors errors;
    private final Identifiers identifiers;
    private final DeviceCounters counters = new DeviceCounters();

    TunnelInterface(
            Tunnel tunnel,
            RoutingTable routing,
            OutputProcessor output,
            Egress egress,
            IcmpErrors errors,
            Identifiers identifiers) {
        this.tunnel = tunnel;
        this.routing = routing;
        this.output = output;
        this.egress = egress;
        this.errors = errors;
        this.identifiers = identifiers;
    }

    public Tunnel tunnel() {
        return tunnel;
    }

    public DeviceCounters counters() {
        return counters;
    }

    /** What wrapping adds to a packet. */
    static int overhead(Tunnel tunnel) {
        return Ipv4Header.LENGTH + greLength(tunnel);
    }

    private static int greLength(Tunnel tunnel) {
        return tunnel.wrapping() == Wrapping.IPIP ? 0 : tunnel.key().isPresent() ? 8 : 4;
    }

    /** Everybody lives behind it. */
    @Override
    public boolean owns(IpAddress address) {
        return true;
    }

    /** A packet to be sent ({@code ip_tunnel_xmit}). */
    @Override
    public void receive(byte[] bytes) {
        PacketBuffer packet = PacketBuffer.of(bytes);
        Optional<IpHeader> inner = IpHeader.read(packet);
        Optional<Route> way = routing.lookup(tunnel.remote());
        boolean carries = inner.isPresent() && (tunnel.wrapping() == Wrapping.GRE || inner.get() instanceof Ipv4Header);
        if (!carries) {
            lost();
        } else if (way.isEmpty()) {
            counters.increment(Counter.TX_CARRIER_ERRORS);
            lost();
        } else if (way.get().device().link().isAttached(this)) {
            counters.increment(Counter.COLLISIONS);
            lost();
        } else {
            wrap(packet, inner.get());
        }
    }

    private void wrap(PacketBuffer packet, IpHeader inner) {
        PacketBuffer quoted = PacketBuffer.of(packet.toBytes());
        int hopLimit = tunnel.ttl() == 0 ? inner.hopLimit() : tunnel.ttl();
        int ecn = inner.trafficClass() & ECN;
        boolean whole = !(inner instanceof Ipv4Header v4) || v4.dontFragment();
        header(packet, inner);
        Ipv4Header outer = (Ipv4Header) IpHeader.prepend(packet, tunnel.local(), tunnel.remote(), protocol());
        outer.hopLimit(hopLimit);
        // RFC 6040, section 4.1 in the compatibility mode for CE: the inner header has it, the outer says only that it
        // may.
        outer.trafficClass(ecn == CE ? ECT_0 : ecn);
        outer.identification(identifiers.ipId());
        outer.dontFragment(true);
        outer.finish(packet.length());
        send(packet, quoted, whole);
    }

    private void header(PacketBuffer packet, IpHeader inner) {
        int length = greLength(tunnel);
        if (length > 0) {
            int type = type(inner);
            packet.addFront(length);
            packet.u16(0, tunnel.key().isPresent() ? KEY_PRESENT : 0);
            packet.u16(2, type);
            tunnel.key().ifPresent(key -> packet.i32(4, key));
        }
    }

    private int protocol() {
        return tunnel.wrapping() == Wrapping.GRE ? GRE : IPIP;
    }

    private void send(PacketBuffer packet, PacketBuffer quoted, boolean whole) {
        int device = routing.path(tunnel.remote()).orElseThrow().device();
        Decision decision = output.lookup(new FlowKey(Flow.of(packet).orElseThrow(), 0, device, IfId.NONE), routing);
        if (decision instanceof Decision.Refuse) {
            lost();
            return;
        }
        int mtu = decision instanceof Decision.Protect protect
                ? protect.bundle().mtu()
                : routing.path(tunnel.remote()).orElseThrow().mtu();
        if (packet.length() > mtu) {
            // The outer header has DF, so there is no other way on (tnl_update_pmtu()).
            int left = mtu - overhead(tunnel);
            if (whole && (left >= LEAST_V6 || quoted.u8(0) >> 4 == 4)) {
                errors.tooBig(quoted, left);
            }
            lost();
            return;
        }
        if (decision instanceof Decision.Protect protect) {
            if (!(output.transform(new Packet(packet), protect.bundle()) instanceof Verdict.Forward forward)) {
                counters.increment(Counter.TX_ERRORS);
                counters.increment(Counter.TX_ABORTED_ERRORS);
                return;
            }
            counters.increment(Counter.TX_PACKETS);
            egress.send(forward.packet().buffer());
        } else {
            counters.increment(Counter.TX_PACKETS);
            egress.send(packet);
        }
    }

    /** Whether a packet for this host is one that the other end has wrapped. */
    boolean isFor(PacketBuffer packet, IpHeader ip) {
        return ip instanceof Ipv4Header
                && ip.protocol() == protocol()
                && ip.source().equals(tunnel.remote())
                && ip.destination().equals(tunnel.local())
                && (tunnel.wrapping() == Wrapping.IPIP || hasOurHeader(packet, ip.length()));
    }

    private boolean hasOurHeader(PacketBuffer packet, int at) {
        if (packet.length() < at + greLength(tunnel)) {
            return false;
        }
        int flags = packet.u16(at);
        boolean keyed = (flags & KEY_PRESENT) != 0;
        return (flags & OTHER_FLAGS) == 0
                && keyed == tunnel.key().isPresent()
                && (!keyed || packet.i32(at + 4) == tunnel.key().getAsInt());
    }

    /** What is in it; empty if that is lost ({@code ip_tunnel_rcv}, {@code IP_ECN_decapsulate}). */
    Optional<byte[]> unwrap(PacketBuffer packet, IpHeader ip) {
        int ecn = ip.trafficClass() & ECN;
        int type = tunnel.wrapping() == Wrapping.GRE ? packet.u16(ip.length() + 2) : ETHERTYPE_V4;
        packet.dropFront(ip.length() + greLength(tunnel));
        Optional<IpHeader> inner = IpHeader.read(packet);
        boolean isNobodys = type != ETHERTYPE_V4 && type != ETHERTYPE_V6;
        if (isNobodys || inner.filter(known -> type(known) != type).isPresent()) {
            // The interface has it, but then nobody takes that protocol, or who does finds something else in it.
            counters.increment(Counter.RX_PACKETS);
            if (isNobodys) {
                counters.increment(Counter.RX_DROPPED);
            }
            return Optional.empty();
        }
        if (inner.isEmpty() || (ecn == CE && (inner.get().trafficClass() & ECN) == 0)) {
            counters.increment(Counter.RX_ERRORS);
            return Optional.empty();
        }
        mark(inner.get(), ecn);
        counters.increment(Counter.RX_PACKETS);
        return Optional.of(packet.toBytes());
    }

    private static int type(IpHeader inner) {
        return inner instanceof Ipv4Header ? ETHERTYPE_V4 : ETHERTYPE_V6;
    }

    /**
     * RFC 6040, section 4.2. A checksum that is wrong must stay so, for the packet is to be dropped for it: Linux, which adds
     * to the checksum what it changes, leaves it as wrong as it was.
     */
    private static void mark(IpHeader inner, int outer) {
        int own = inner.trafficClass() & ECN;
        boolean changes = (outer == CE && own != CE) || (outer == ECT_1 && own == ECT_0);
        if (changes && !(inner instanceof Ipv4Header v4 && !v4.checksumIsValid())) {
            inner.trafficClass((inner.trafficClass() & ~ECN) | outer);
            inner.finish(inner.totalLength());
        }
    }

    /** No ICMP error tells of it but "too big" ({@code tx_error} in {@code ip_tunnel_xmit}). */
    private void lost() {
        counters.increment(Counter.TX_ERRORS);
    }
}
