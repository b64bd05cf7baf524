package org.xfrmctl.datapath.host;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.engine.InputProcessor;
import org.xfrmctl.datapath.engine.Packet;
import org.xfrmctl.datapath.engine.Verdict;
import org.xfrmctl.datapath.engine.XfrmNamespace;
import org.xfrmctl.datapath.host.rules.PacketRules;
import org.xfrmctl.datapath.link.Tap;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.datapath.wire.Ipv6Chain;
import org.xfrmctl.datapath.wire.Ipv6Header;
import org.xfrmctl.datapath.wire.TcpHeader;
import org.xfrmctl.datapath.wire.UdpHeader;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IfId;

/** What happens to a packet that arrives: for us or for others, whole or in parts, plain or protected. */
final class Reception {
    private static final int CHECKSUM_BREAK = 76;

    private final RoutingTable routing;
    private final InputProcessor input;
    private final Forwarding forwarding;
    private final Transport transport;
    private final Reassembly reassembly;
    private final PacketRules rules;
    private final Map<Integer, Integer> encapsulations = new HashMap<>();
    private final Map<IfId, Entrance> entrances = new HashMap<>();
    /** With the device that packets come in by. */
    private final Map<TunnelInterface, Integer> tunnels = new HashMap<>();

    private boolean forwards;
    private Optional<Tap> socket = Optional.empty();

    Reception(
            XfrmNamespace namespace,
            RoutingTable routing,
            Forwarding forwarding,
            Transport transport,
            PacketRules rules) {
        this.rules = rules;
        this.input = new InputProcessor(namespace);
        this.reassembly = new Reassembly(namespace::seconds);
        this.routing = routing;
        this.forwarding = forwarding;
        this.transport = transport;
    }

    void forwarding(boolean value) {
        forwards = value;
    }

    void deliver(Tap receiver) {
        socket = Optional.of(receiver);
    }

    void encapsulate(int port, int type) {
        encapsulations.put(port, type);
    }

    /** A packet from a link. */
    void arrive(byte[] bytes, int device) {
        Packet packet = new Packet(PacketBuffer.of(bytes));
        packet.device(device);
        take(packet);
    }

    /** A packet from this host itself; no policy is asked about IPv4 ({@code NOPOLICY} of lo, which IPv6 does not have). */
    void loopBack(byte[] bytes) {
        Packet packet = new Packet(PacketBuffer.of(bytes));
        IpHeader.read(packet.buffer()).flatMap(ip -> whole(packet, ip)).ifPresent(this::takeOwn);
    }

    private void takeOwn(Packet packet) {
        IpHeader ip = IpHeader.read(packet.buffer()).orElseThrow();
        if (ip instanceof Ipv4Header) {
            transport.deliver(packet.buffer(), ip);
        } else {
            takeLocal(packet);
        }
    }

    private void take(Packet packet) {
        Optional<IpHeader> header = IpHeader.read(packet.buffer());
        if (header.isEmpty() || (header.get() instanceof Ipv4Header v4 && !isAcceptable(v4))) {
            return;
        }
        PacketBuffer buffer = packet.buffer();
        buffer.dropBack(buffer.length() - header.get().totalLength());
        if (routing.isLocal(header.get().destination())) {
            whole(packet, header.get()).ifPresent(this::takeLocal);
        } else if (forwards && input.check(packet, Direction.FWD).isEmpty()) {
            forwarding.forward(packet);
        }
    }

    /** Whether the checksum is right and the packet is no martian (RFC 1812, section 5.3.7), such as one from ourselves. */
    private boolean isAcceptable(Ipv4Header ip) {
        return ip.checksumIsValid()
                && !routing.isLocal(ip.source())
                && !ip.source().isAny()
                && !ip.destination().isAny();
    }

    /** The packet itself, or the one that it completes. */
    private Optional<Packet> whole(Packet packet, IpHeader ip) {
        if (ip instanceof Ipv4Header v4) {
            return v4.isFragment() ? reassembly.addV4(packet, v4).map(packet::reassembled) : Optional.of(packet);
        }
        Ipv6Chain chain = Ipv6Chain.walk(packet.buffer());
        // One that is all of a packet stays as it is, with its header (ipv6_frag_rcv()).
        return chain.isPart(packet.buffer()) && ip instanceof Ipv6Header v6
                ? reassembly.addV6(packet, v6, chain).map(packet::reassembled)
                : Optional.of(packet);
    }

    private void takeLocal(Packet packet) {
        IpHeader ip = IpHeader.read(packet.buffer()).orElseThrow();
        int protocol = protocol(packet.buffer(), ip);
        if (packet.isTrusted()) {
            TransportChecksum.makeRight(packet.buffer(), ip);
        }
        Optional<Map.Entry<TunnelInterface, Integer>> tunnel = tunnels.entrySet().stream()
                .filter(each -> each.getKey().isFor(packet.buffer(), ip))
                .findFirst();
        if (tunnel.isPresent()) {
            unwrap(packet, ip, tunnel.get().getKey(), tunnel.get().getValue());
        } else if (InputProcessor.accepts(protocol)) {
            again(packet, input.receive(packet));
        } else if (protocol == UdpHeader.PROTOCOL) {
            takeUdp(packet, ip);
        } else if (input.check(packet, Direction.IN).isEmpty()) {
            rules.input(packet);
            deliver(packet.buffer(), ip);
        }
    }

    /** What was in it has come through no state: it begins anew ({@code skb_scrub_packet()}). */
    private void unwrap(Packet packet, IpHeader ip, TunnelInterface tunnel, int device) {
        if (input.check(packet, Direction.IN).isEmpty()) {
            tunnel.unwrap(packet.buffer(), ip).ifPresent(inner -> arrive(inner, device));
        }
    }

    /**
     * UDP drops what has a length that cannot be, and in short datagrams a wrong checksum, before it asks the policy; the
     * checksum of a long one is looked at when somebody reads ({@code CHECKSUM_BREAK}). The policy is asked about the
     * datagram first, ESP in it or not ({@code udp_queue_rcv_one_skb()}).
     */
    private void takeUdp(Packet packet, IpHeader ip) {
        PacketBuffer buffer = packet.buffer();
        int at = ip instanceof Ipv4Header ? ip.length() : Ipv6Chain.walk(buffer).offset();
        Optional<UdpHeader> read =
                UdpHeader.read(buffer, at).filter(udp -> udp.length() > CHECKSUM_BREAK || udp.checksumIsValid(ip));
        if (read.isEmpty()) {
            return;
        }
        UdpHeader udp = read.get();
        cut(buffer, ip, at + udp.length());
        if (input.check(packet, Direction.IN).isPresent()) {
            return;
        }
        Integer type = encapsulations.get(udp.destinationPort());
        boolean esp = type != null && isEsp(buffer, at + UdpHeader.LENGTH);
        if (type != null && (isDroppedByEncapsulation(udp, ip, esp) || isKeepalive(buffer, at + UdpHeader.LENGTH))) {
            return;
        }
        if (type == null || !esp) {
            deliver(buffer, ip);
            return;
        }
        int port = udp.sourcePort();
        EncapsulatedEsp.unwrap(buffer, at);
        again(packet, input.receive(packet, type, port));
    }

    /** What stands behind the datagram is none of it, nor of the ESP in it ({@code pskb_trim_rcsum} in {@code __udp4_lib_rcv}). */
    private static void cut(PacketBuffer packet, IpHeader ip, int end) {
        if (packet.length() > end) {
            packet.dropBack(packet.length() - end);
            ip.finish(end);
        }
    }

    /**
     * What a socket that takes ESP drops: a wrong checksum, and ESP so short that the datagram is shorter than an IP and a
     * UDP header; {@code xfrm4_udp_encap_rcv()} and its like for IPv6 hold against each other what begins at UDP and at IP.
     */
    private static boolean isDroppedByEncapsulation(UdpHeader udp, IpHeader ip, boolean esp) {
        return !udp.checksumIsValid(ip) || (esp && udp.length() < ip.length() + UdpHeader.LENGTH);
    }

    /** One byte, 0xff (RFC 3948, section 2.3): nobody is to hear of it. */
    private static boolean isKeepalive(PacketBuffer packet, int at) {
        return packet.length() - at == 1 && packet.u8(at) == 0xff;
    }

    /** More than 8 bytes that do not begin with zeros (RFC 3948, section 2.2). */
    private static boolean isEsp(PacketBuffer packet, int at) {
        return packet.length() - at > 8 && packet.i32(at) != 0;
    }

    private void again(Packet packet, Verdict verdict) {
        enterable(packet).ifPresent(entrance -> entrance.count(packet, verdict));
        if (verdict instanceof Verdict.Forward forward) {
            take(forward.packet());
        }
    }

    /** Where packets come in that came through states of an XFRM interface. */
    private record Entrance(int device, XfrmInterface made) {
        void count(Packet packet, Verdict verdict) {
            if (verdict instanceof Verdict.Forward) {
                packet.enter(device, made.ifId());
                made.counters().increment(DeviceCounters.Counter.RX_PACKETS);
            } else {
                made.counters().increment(DeviceCounters.Counter.RX_ERRORS);
                made.counters().increment(DeviceCounters.Counter.RX_DROPPED);
            }
        }
    }

    /** The interface of the last state that a packet came to; without one it stays where it came in. */
    private Optional<Entrance> enterable(Packet packet) {
        int count = packet.path().size();
        return count == 0
                ? Optional.empty()
                : Optional.ofNullable(
                        entrances.get(packet.path().get(count - 1).definition().ifId()));
    }

    /** Has what comes through states with an interface's if_id come in there. */
    void enter(int device, XfrmInterface made) {
        if (entrances.putIfAbsent(made.ifId(), new Entrance(device, made)) != null) {
            throw new IllegalArgumentException("if_id " + made.ifId() + " has an interface already");
        }
    }

    /** Has what the other end of a tunnel has wrapped come in there. */
    void enter(int device, TunnelInterface made) {
        tunnels.put(made, device);
    }

    /** Ends what {@link #enter(int, TunnelInterface)} began. */
    void leave(TunnelInterface gone) {
        tunnels.remove(gone);
    }

    /** Ends what {@link #enter(int, XfrmInterface)} began. */
    void leave(IfId ifId) {
        entrances.remove(ifId);
    }

    /** To the one socket that takes everything, if there is one, else to whoever has the port. */
    private void deliver(PacketBuffer packet, IpHeader ip) {
        int protocol = protocol(packet, ip);
        boolean ports = protocol == UdpHeader.PROTOCOL || protocol == TcpHeader.PROTOCOL;
        if (socket.isEmpty() || !ports) {
            transport.deliver(packet, ip);
        } else {
            socket.get().packet(packet.toBytes());
        }
    }

    private static int protocol(PacketBuffer packet, IpHeader ip) {
        return ip instanceof Ipv4Header ? ip.protocol() : Ipv6Chain.walk(packet).protocol();
    }
}
