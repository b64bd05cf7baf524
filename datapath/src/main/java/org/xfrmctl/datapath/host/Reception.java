package org.xfrmctl.datapath.host;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.engine.InputProcessor;
import org.xfrmctl.datapath.engine.Packet;
import org.xfrmctl.datapath.engine.Verdict;
import org.xfrmctl.datapath.engine.XfrmNamespace;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.datapath.wire.Ipv6Chain;
import org.xfrmctl.datapath.wire.Ipv6Header;
import org.xfrmctl.datapath.wire.UdpHeader;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;

/** What happens to a packet that arrives: for us or for others, whole or in parts, plain or protected. */
final class Reception {
    private final RoutingTable routing;
    private final InputProcessor input;
    private final Forwarding forwarding;
    private final Transport transport;
    private final Reassembly reassembly = new Reassembly();
    private final Map<Integer, Integer> encapsulations = new HashMap<>();
    private final Map<IfId, Entrance> entrances = new HashMap<>();
    private boolean forwards;

    Reception(XfrmNamespace namespace, RoutingTable routing, Forwarding forwarding, Transport transport) {
        this.input = new InputProcessor(namespace);
        this.routing = routing;
        this.forwarding = forwarding;
        this.transport = transport;
    }

    void forwarding(boolean value) {
        forwards = value;
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

    /** A packet from this host itself; no policy is asked. */
    void loopBack(byte[] bytes) {
        Packet packet = new Packet(PacketBuffer.of(bytes));
        IpHeader.read(packet.buffer())
                .flatMap(ip -> whole(packet, ip))
                .ifPresent(whole -> transport.deliver(
                        whole.buffer(), IpHeader.read(whole.buffer()).orElseThrow()));
    }

    private void take(Packet packet) {
        Optional<IpHeader> header = IpHeader.read(packet.buffer());
        if (header.isEmpty() || (header.get() instanceof Ipv4Header v4 && !v4.checksumIsValid())) {
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

    /** The packet itself, or the one that it completes. */
    private Optional<Packet> whole(Packet packet, IpHeader ip) {
        if (ip instanceof Ipv4Header v4) {
            return v4.isFragment()
                    ? reassembly.addV4(packet.buffer(), v4).map(packet::reassembled)
                    : Optional.of(packet);
        }
        Ipv6Chain chain = Ipv6Chain.walk(packet.buffer());
        return chain.isFragment() && ip instanceof Ipv6Header v6
                ? reassembly.addV6(packet.buffer(), v6, chain).map(packet::reassembled)
                : Optional.of(packet);
    }

    private void takeLocal(Packet packet) {
        IpHeader ip = IpHeader.read(packet.buffer()).orElseThrow();
        int protocol = protocol(packet.buffer(), ip);
        if (InputProcessor.accepts(protocol)) {
            again(packet, input.receive(packet));
            return;
        }
        Encapsulation encapsulation = protocol == UdpHeader.PROTOCOL ? encapsulation(packet.buffer(), ip) : null;
        if (encapsulation != null) {
            again(packet, input.receive(packet, encapsulation.type(), encapsulation.port()));
        } else if (input.check(packet, Direction.IN).isEmpty()) {
            transport.deliver(packet.buffer(), ip);
        }
    }

    /** What was around ESP: its type, and the port that it came from. */
    private record Encapsulation(int type, int port) {}

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

    /** Takes the UDP header out if the datagram is ESP for an open port (RFC 3948, section 2); its encapsulation. */
    private @Nullable Encapsulation encapsulation(PacketBuffer packet, IpHeader ip) {
        int at = ip.family() == Family.INET
                ? ip.length()
                : Ipv6Chain.walk(packet).offset();
        Optional<UdpHeader> udp = UdpHeader.read(packet, at);
        Integer type =
                udp.map(header -> encapsulations.get(header.destinationPort())).orElse(null);
        int data = at + UdpHeader.LENGTH;
        if (type == null || packet.length() - data <= 8 || packet.i32(data) == 0) {
            return null;
        }
        int port = udp.get().sourcePort();
        EncapsulatedEsp.unwrap(packet, at);
        return new Encapsulation(type, port);
    }

    private static int protocol(PacketBuffer packet, IpHeader ip) {
        return ip instanceof Ipv4Header ? ip.protocol() : Ipv6Chain.walk(packet).protocol();
    }
}
