package org.xfrmctl.datapath.host;

import java.util.List;
import java.util.Optional;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.engine.Bundle;
import org.xfrmctl.datapath.engine.Decision;
import org.xfrmctl.datapath.engine.FlowKey;
import org.xfrmctl.datapath.engine.OutputProcessor;
import org.xfrmctl.datapath.engine.Packet;
import org.xfrmctl.datapath.engine.Verdict;
import org.xfrmctl.datapath.host.rules.PacketRules;
import org.xfrmctl.datapath.wire.Flow;
import org.xfrmctl.datapath.wire.IcmpHeader;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.datapath.wire.Ipv6Header;
import org.xfrmctl.datapath.wire.TcpHeader;
import org.xfrmctl.datapath.wire.UdpHeader;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.XfrmCounter;

/** Packets that start at this host: route, policy, header, transforms, link; with the errors that a socket would get. */
final class LocalSender {
    static final String TOO_LONG = "Message too long";
    /** What every IPv4 host takes (RFC 791, section 3.1): the guess where there is no route. */
    private static final int IPV6_MINIMUM = 1280;

    private static final int IPV4_MINIMUM = 576;

    private static final String INVALID = "Invalid argument";
    private static final String OVERFLOW = "Value too large for defined data type";
    private static final String UNREACHABLE = "Network is unreachable";

    private final RoutingTable routing;
    private final OutputProcessor output;
    private final Egress egress;
    private final Identifiers identifiers;
    private final PacketRules rules;
    private boolean silent;

    LocalSender(
            RoutingTable routing, OutputProcessor output, Egress egress, Identifiers identifiers, PacketRules rules) {
        this.rules = rules;
        this.routing = routing;
        this.output = output;
        this.egress = egress;
        this.identifiers = identifiers;
    }

    void silent(boolean value) {
        silent = value;
    }

    /** Sends; the words of the errno if that fails at once. Most drops look like success, as they do to a socket. */
    Optional<String> send(Datagram datagram) {
        Optional<Route> route = routing.lookup(datagram.destination());
        if (route.isEmpty()) {
            return Optional.of(UNREACHABLE);
        }
        if (silent) {
            return Optional.empty();
        }
        IpAddress source = datagram.source().orElse(route.get().source());
        PacketBuffer packet = datagram.payload();
        IpHeader ip = IpHeader.prepend(packet, source, datagram.destination(), datagram.protocol());
        ip.trafficClass(datagram.trafficClass());
        if (ip instanceof Ipv6Header v6) {
            v6.flowLabel(identifiers.flowLabel());
        }
        checksum(packet, ip);
        if (routing.isLocal(datagram.destination())) {
            ip.finish(packet.length());
            egress.send(packet);
            return Optional.empty();
        }
        return sendOut(datagram, packet, ip);
    }

    private Optional<String> sendOut(Datagram datagram, PacketBuffer packet, IpHeader ip) {
        Decision decision = output.lookup(key(Flow.of(packet).orElseThrow(), datagram.mark()), routing);
        if (decision instanceof Decision.Refuse refuse) {
            return errorOf(refuse);
        }
        Optional<Bundle> bundle =
                decision instanceof Decision.Protect protect ? Optional.of(protect.bundle()) : Optional.empty();
        int mtu = bundle.map(
                        found -> ip.family() == Family.INET6 && !beginsWithTunnel(found) ? wayMtu(found) : found.mtu())
                .orElseGet(
                        () -> routing.path(datagram.destination()).orElseThrow().mtu());
        Discovery discovery = datagram.discovery();
        boolean tooLong = packet.length() > (discovery.overlooksThePath() ? linkMtu(datagram.destination()) : mtu);
        if (tooLong && discovery.refuses()) {
            return Optional.of(TOO_LONG);
        }
        if (discovery == Discovery.PROBE
                && packet.length() > mtu
                && bundle.filter(LocalSender::beginsWithTunnel).isPresent()) {
            output.countTooLong();
            return Optional.of(TOO_LONG);
        }
        if (discovery == Discovery.DO
                && bundle.filter(found -> isTooLongForBeet(packet, ip, found)).isPresent()) {
            output.countTooLong();
            return Optional.of(TOO_LONG);
        }
        finish(ip, packet.length(), datagram.discovery(), tooLong || routing.isLocked(datagram.destination()));
        if (bundle.isPresent()) {
            return protect(packet, ip, bundle.get(), datagram);
        }
        if (discovery.overlooksThePath()) {
            egress.sendUntaught(packet);
        } else {
            egress.send(packet);
        }
        return Optional.empty();
    }

    private int linkMtu(IpAddress destination) {
        return routing.lookup(destination).orElseThrow().device().link().mtu();
    }

    private void finish(IpHeader ip, int length, Discovery discovery, boolean fragmentable) {
        if (ip instanceof Ipv4Header v4) {
            v4.dontFragment(discovery.isWhole() || (discovery == Discovery.WANT && !fragmentable));
            // Only a packet that can never be fragmented goes without ID (RFC 6864, section 4.1; ip_select_ident).
            v4.identification(discovery.isWhole() ? 0 : identifiers.ipId());
        }
        ip.finish(length);
    }

    /** IPv6 fragments before the first tunnel, so that each fragment is a packet to the associations; IPv4 after it. */
    private Optional<String> protect(PacketBuffer packet, IpHeader ip, Bundle bundle, Datagram datagram) {
        boolean v6 = ip.family() == Family.INET6;
        if (v6 && beginsWithTunnel(bundle) && packet.length() > bundle.mtu()) {
            List<PacketBuffer> fragments = Fragmentation.v6(packet, bundle.mtu(), identifiers.fragmentId());
            if (fragments.isEmpty()) {
                return Optional.of(TOO_LONG);
            }
            for (int i = 0; i < fragments.size(); i++) {
                // Only the first is still the socket's own packet, which may be cut once more (ip6_copy_metadata()).
                boolean cuttable = i == 0 && !datagram.discovery().isWhole();
                Optional<String> error = transform(fragments.get(i), bundle, datagram.mark(), cuttable, Pieces.ONE);
                if (error.isPresent()) {
                    return error;
                }
            }
            return Optional.empty();
        }
        boolean asLong = v6 || isMadeOnePiece(bundle) || datagram.discovery().overlooksThePath();
        Pieces pieces =
                asLong ? Pieces.ONE : Pieces.waiting(packet.length(), bundle.mtu(), output.headerLength(bundle));
        boolean cuttable = !datagram.discovery().isWhole() || (!v6 && becomesIpv6(bundle));
        return transform(packet, bundle, datagram.mark(), cuttable, pieces);
    }

    /** An IPv4 packet that BEET makes one of IPv6 loses its DF, and is fragmented where it has become too long. */
    private static boolean becomesIpv6(Bundle bundle) {
        return bundle.steps().stream()
                .map(step -> step.association())
                .anyMatch(state ->
                        state.mode().equals(Mode.BEET) && state.source().family() == Family.INET6);
    }

    /** Only then IPv6 looks at the MTU of the bundle before the transforms ({@code ip6_setup_cork()}). */
    private static boolean beginsWithTunnel(Bundle bundle) {
        return bundle.steps().get(0).association().mode().equals(Mode.TUNNEL);
    }

    /** BEET looks by itself, where there is no tunnel for which it has been done ({@code xfrm6_tunnel_check_size()}). */
    private static boolean isTooLongForBeet(PacketBuffer packet, IpHeader ip, Bundle bundle) {
        return ip.family() == Family.INET6
                && bundle.steps().get(0).association().mode().equals(Mode.BEET)
                && packet.length() > bundle.mtu();
    }

    /** {@code ipcomp_output()} makes a packet one piece, to look for what to compress in all of it. */
    private static boolean isMadeOnePiece(Bundle bundle) {
        return bundle.steps().stream()
                .anyMatch(
                        step -> step.association().definition().id().protocol().equals(IpProtocol.COMP));
    }

    private Optional<String> transform(PacketBuffer bytes, Bundle bundle, int mark, boolean cuttable, Pieces pieces) {
        Packet packet = new Packet(bytes);
        packet.mark(mark);
        packet.identified(cuttable);
        rules.leave(bytes, bundle, routing);
        Verdict verdict = output.transform(packet, bundle);
        if (verdict instanceof Verdict.Forward forward) {
            if (cuttable) {
                egress.sendCut(forward.packet().buffer(), pieces);
            } else if (isTooLong(forward.packet().buffer())) {
                return Optional.of(TOO_LONG);
            } else {
                egress.send(forward.packet().buffer());
            }
        }
        return verdict instanceof Verdict.Drop drop ? drop.counter().flatMap(LocalSender::errorOf) : Optional.empty();
    }

    /**
     * Whether an IPv6 packet has become too long to be sent. This host then tells itself by ICMP, too
     * ({@code ip6_fragment()}), if the policies let that error pass. If they do so in clear, the way back of the packet is
     * looked up as well, for policies that are about ICMP errors ({@code icmpv6_route_lookup()}); none has to be.
     */
    private boolean isTooLong(PacketBuffer packet) {
        IpHeader ip = IpHeader.read(packet).orElseThrow();
        if (ip.family() == Family.INET
                || routing.path(ip.destination())
                        .filter(path -> path.mtu() < ip.totalLength())
                        .isEmpty()) {
            return false;
        }
        Flow error = new Flow(ip.source(), ip.source(), IcmpHeader.PROTOCOL_V6, IcmpHeader.V6_PACKET_TOO_BIG, 0);
        if (output.lookup(FlowKey.of(error, 0), routing) instanceof Decision.Clear) {
            output.lookup(FlowKey.of(Flow.of(packet).orElseThrow().reversed(), 0), routing);
            tellMyself(packet, ip);
        }
        return true;
    }

    private void tellMyself(PacketBuffer packet, IpHeader ip) {
        int longest = IPV6_MINIMUM - Ipv6Header.LENGTH - IcmpHeader.LENGTH;
        PacketBuffer quote = PacketBuffer.of(packet.array(), packet.start(), Math.min(longest, packet.length()));
        int mtu = routing.path(ip.destination()).orElseThrow().mtu();
        IcmpHeader.prepend(quote, IcmpHeader.V6_PACKET_TOO_BIG, 0, mtu);
        send(new Datagram(Optional.empty(), ip.source(), IcmpHeader.PROTOCOL_V6, quote, 0, Discovery.DONT));
    }

    /** What {@code xfrm_output_one()} gives back to the socket. */
    private static Optional<String> errorOf(XfrmCounter counter) {
        return switch (counter) {
            case OUT_STATE_EXPIRED, OUT_STATE_INVALID -> Optional.of(INVALID);
            case OUT_STATE_SEQ_ERROR -> Optional.of(OVERFLOW);
            default -> Optional.empty();
        };
    }

    /** A lookup without a packet, as connecting a socket makes it; the words of the errno if it fails. */
    Optional<String> probe(Flow flow, int mark) {
        return output.lookup(key(flow, mark), routing) instanceof Decision.Refuse refuse
                ? errorOf(refuse)
                : Optional.empty();
    }

    /** What goes in one piece, what the transforms of the flow's policy add already taken off. */
    int mtu(Flow flow) {
        return mtu(flow, 0);
    }

    /** As above, for a socket with a mark. */
    int mtu(Flow flow, int mark) {
        Decision decision = output.lookup(key(flow, mark), routing);
        return decision instanceof Decision.Protect protect ? protect.bundle().mtu() : clearMtu(flow);
    }

    /** As above, for a socket that overlooks what is known of the path, if no transform forbids that. */
    int untaughtMtu(Flow flow, int mark) {
        Decision decision = output.lookup(key(flow, mark), routing);
        return decision instanceof Decision.Protect protect ? protect.bundle().mtu() : linkMtu(flow.destination());
    }

    /** The MTU of the way that a flow's packets take at last ({@code xfrm_default_advmss}). */
    int wayMtu(Flow flow) {
        Decision decision = output.lookup(key(flow, 0), routing);
        if (decision instanceof Decision.Protect protect) {
            return wayMtu(protect.bundle());
        }
        return clearMtu(flow);
    }

    private static int wayMtu(Bundle bundle) {
        List<Bundle.Step> steps = bundle.steps();
        return steps.get(steps.size() - 1).childMtu();
    }

    private int clearMtu(Flow flow) {
        return routing.path(flow.destination()).map(path -> path.mtu()).orElse(IPV4_MINIMUM);
    }

    Optional<IpAddress> sourceFor(IpAddress destination) {
        return routing.lookup(destination).map(Route::source);
    }

    private FlowKey key(Flow flow, int mark) {
        int device = !namesDevice(flow)
                ? 0
                : routing.path(flow.destination()).map(path -> path.device()).orElse(0);
        return new FlowKey(flow, mark, device, IfId.NONE);
    }

    /**
     * On IPv4 routing fills the device in, but for an error ({@code icmp_route_lookup()}). On IPv6 the flow of a socket that
     * is not bound to a device has none, nor that of an error; an echo reply has the device of the request.
     */
    private static boolean namesDevice(Flow flow) {
        int type = flow.sourcePort();
        return flow.destination().family() == Family.INET6
                ? flow.protocol() == IcmpHeader.PROTOCOL_V6 && type == IcmpHeader.V6_ECHO_REPLY
                : flow.protocol() != IcmpHeader.PROTOCOL_V4
                        || (type != IcmpHeader.V4_UNREACHABLE && type != IcmpHeader.V4_TIME_EXCEEDED);
    }

    private static Optional<String> errorOf(Decision.Refuse refuse) {
        return refuse.drop().refusal().isSilent()
                ? Optional.empty()
                : Optional.of(refuse.drop().refusal().toString());
    }

    private static void checksum(PacketBuffer packet, IpHeader ip) {
        int at = ip.length();
        int length = packet.length() - at;
        switch (ip.protocol()) {
            case IcmpHeader.PROTOCOL_V4, IcmpHeader.PROTOCOL_V6 ->
                IcmpHeader.read(packet, at).ifPresent(icmp -> icmp.updateChecksum(ip, length));
            case UdpHeader.PROTOCOL -> UdpHeader.read(packet, at).ifPresent(udp -> udp.updateChecksum(ip));
            case TcpHeader.PROTOCOL -> TcpHeader.read(packet, at).ifPresent(tcp -> tcp.updateChecksum(ip, length));
            default -> {
                // No other protocol starts here.
            }
        }
    }
}
