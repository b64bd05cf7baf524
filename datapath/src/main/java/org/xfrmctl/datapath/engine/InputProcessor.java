package org.xfrmctl.datapath.engine;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.datapath.wire.Ipv6Chain;
import org.xfrmctl.datapath.wire.Ipv6Header;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.XfrmCounter;

/**
 * What XFRM does to packets that arrive ({@code net/xfrm/xfrm_input.c}). The host reassembles a packet that is addressed
 * to it, asks {@link #accepts}, and takes what {@link #receive} forwards as if it had just arrived; before it delivers or
 * routes any packet it asks {@link #check}.
 */
public final class InputProcessor {
    private static final int ESP = 50;
    private static final int IPIP = 4;
    private static final int IPV6 = 41;

    private final XfrmNamespace namespace;
    private final InboundTransform transform;
    private final PolicyCheck policyCheck;
    private final HeaderKeeper kept = new HeaderKeeper();

    public InputProcessor(XfrmNamespace namespace) {
        this.namespace = namespace;
        this.transform = new InboundTransform(namespace);
        this.policyCheck = new PolicyCheck(namespace);
    }

    /** Whether packets of a protocol go to XFRM when they have reached their destination. */
    public static boolean accepts(int protocol) {
        return switch (protocol) {
            case 50, 51, 108, IPIP, IPV6 -> true;
            default -> false;
        };
    }

    /** Takes the associations' headers off a packet that has come bare, that is without UDP. */
    public Verdict receive(Packet packet) {
        return receive(packet, 0, 0);
    }

    /**
     * As {@link #receive(Packet)}, for an ESP packet that came in UDP: the host has taken the UDP header out and says
     * which encapsulation its socket has ({@code UDP_ENCAP}), and from which port the packet came.
     */
    public Verdict receive(Packet packet, int encapsulation, int port) {
        ReentrantLock lock = namespace.lock();
        lock.lock();
        try {
            namespace.runTimers();
            return process(packet, encapsulation, port);
        } finally {
            lock.unlock();
        }
    }

    /** Whether a packet in the clear may be delivered or routed; empty if so, else the drop. */
    public Optional<Verdict.Drop> check(Packet packet, Direction direction) {
        ReentrantLock lock = namespace.lock();
        lock.lock();
        try {
            namespace.runTimers();
            return policyCheck.check(packet, direction).map(this::drop);
        } finally {
            lock.unlock();
        }
    }

    private Verdict process(Packet packet, int encapsulation, int port) {
        PacketBuffer buffer = packet.buffer();
        Optional<IpHeader> header = IpHeader.read(buffer);
        if (header.isEmpty()) {
            return drop(XfrmCounter.IN_HDR_ERROR);
        }
        IpHeader ip = header.get();
        buffer.dropBack(buffer.length() - ip.totalLength());
        Outer outer = Outer.of(ip, port);
        int field = 9;
        int length = ip.length();
        if (ip.family() == Family.INET6) {
            Ipv6Chain chain = Ipv6Chain.walk(buffer);
            field = chain.nextHeaderField();
            length = chain.offset();
        }
        if (length > buffer.length()) {
            // ipv6_destopt_rcv() and its like drop the packet before XFRM sees it, and count it elsewhere.
            return new Verdict.Drop(Optional.empty(), Refusal.FAILED);
        }
        int protocol = buffer.u8(field);
        if (buffer.length() - length < leastBehind(protocol)) {
            // So do tunnel4_rcv() and its like.
            return new Verdict.Drop(Optional.empty(), Refusal.FAILED);
        }
        kept.take(buffer, length);
        return loop(packet, outer, protocol, field, encapsulation);
    }

    /** What must follow the IP header for XFRM to be asked. */
    private static int leastBehind(int protocol) {
        return switch (protocol) {
            case IPIP -> Ipv4Header.LENGTH;
            case IPV6 -> Ipv6Header.LENGTH;
            default -> 0;
        };
    }

    /** From one association to the next while the payload is ESP, AH or IPComp, up to the first tunnel. */
    private Verdict loop(Packet packet, Outer outer, int protocol, int field, int encapsulation) {
        int current = protocol;
        do {
            Optional<SaId> id = identify(packet, outer, current);
            if (id.isEmpty()) {
                // On IPv4 the source address is asked for as an SPI; on IPv6 there is no SPI without a tunnel.
                boolean asked = outer.destination().family() == Family.INET && (current == IPIP || current == IPV6);
                return drop(asked ? XfrmCounter.IN_NO_STATES : XfrmCounter.IN_HDR_ERROR);
            }
            if (packet.path().size() == Packet.MAX_DEPTH) {
                return drop(XfrmCounter.IN_BUFFER_ERROR);
            }
            Optional<SecurityAssociation> found = namespace.states().find(id.get(), packet.mark());
            if (found.isEmpty()) {
                return drop(XfrmCounter.IN_NO_STATES);
            }
            SecurityAssociation association = found.get();
            applyMark(packet, association);
            packet.passed(association);
            boolean mapped = encapsulation != 0 && current == ESP;
            InboundTransform.Result result = transform.apply(
                    packet.buffer(),
                    kept,
                    association,
                    current,
                    encapsulation,
                    mapped ? told(association, outer) : InputProcessor::tellNothing);
            if (result.error() != null) {
                return drop(result.error());
            }
            if (association.mode().equals(Mode.TUNNEL)) {
                return decapsulate(packet, outer, association, result.nextHeader());
            }
            if (association.mode().equals(Mode.BEET)) {
                return unbind(packet, association, result.nextHeader());
            }
            if (!association.mode().equals(Mode.TRANSPORT)) {
                return drop(XfrmCounter.IN_STATE_MODE_ERROR);
            }
            current = result.nextHeader();
        } while (current == 50 || current == 51 || current == 108);
        kept.putBack(packet.buffer(), field, current);
        return new Verdict.Forward(packet);
    }

    private static void tellNothing() {
        // It came bare.
    }

    /** Tells where a packet came from. */
    private Runnable told(SecurityAssociation association, Outer outer) {
        return () -> namespace.states().cameFrom(association, outer.source(), outer.port());
    }

    /** Protocols without SPI are found by the sender's address; empty if the packet is too short to say. */
    private Optional<SaId> identify(Packet packet, Outer outer, int protocol) {
        PacketBuffer payload = packet.buffer();
        IpProtocol proto = new IpProtocol(protocol);
        return switch (protocol) {
            case 50 -> spi(payload, outer, proto, 8, 0);
            case 51 -> spi(payload, outer, proto, 12, 4);
            case 108 ->
                payload.length() < 4
                        ? Optional.empty()
                        : Optional.of(new SaId(outer.destination(), new Spi(payload.u16(2)), proto));
            default -> namespace.states().impliedId(outer.destination(), outer.source());
        };
    }

    private static Optional<SaId> spi(PacketBuffer payload, Outer outer, IpProtocol proto, int least, int offset) {
        return payload.length() < least
                ? Optional.empty()
                : Optional.of(new SaId(outer.destination(), new Spi(payload.i32(offset)), proto));
    }

    private static void applyMark(Packet packet, SecurityAssociation association) {
        Mark mark = association.definition().options().outputMark().orElse(Mark.NONE);
        packet.mark((mark.value() & mark.mask()) | (packet.mark() & ~mark.mask()));
    }

    private Verdict decapsulate(Packet packet, Outer outer, SecurityAssociation association, int nextHeader) {
        int version = nextHeader == IPIP ? 4 : 6;
        PacketBuffer inner = packet.buffer();
        int least = version == 4 ? 20 : 40;
        if ((nextHeader != IPIP && nextHeader != IPV6) || inner.length() < least) {
            return drop(XfrmCounter.IN_STATE_MODE_ERROR);
        }
        Optional<IpHeader> header = IpHeader.read(inner);
        // Sound or not is for the IP layer to say, which has no counter here.
        if (header.isEmpty() || inner.u8(0) >> 4 != version) {
            return new Verdict.Drop(Optional.empty(), Refusal.FAILED);
        }
        // After IPComp the kernel merges into the wrong place and the inner header stays as it is: ipcomp_input()
        // leaves
        // the transport header, where xfrm4_remove_tunnel_encap() expects the inner one, in the outer header. Seen with
        // DSCP.
        if (!association.definition().id().protocol().equals(IpProtocol.COMP)) {
            Decapsulation.mergeTrafficClass(
                    header.get(), outer.trafficClass(), association.definition().flags());
        }
        return new Verdict.Forward(packet);
    }

    /** BEET: the packet gets a header with the addresses that both ends have agreed on. */
    private Verdict unbind(Packet packet, SecurityAssociation association, int nextHeader) {
        if (!BeetHeader.restore(
                packet.buffer(), kept.header(), association.definition().selector(), nextHeader)) {
            return drop(XfrmCounter.IN_STATE_MODE_ERROR);
        }
        return IpHeader.read(packet.buffer()).isPresent()
                ? new Verdict.Forward(packet)
                : new Verdict.Drop(Optional.empty(), Refusal.FAILED);
    }

    private Verdict.Drop drop(XfrmCounter counter) {
        namespace.statistics().increment(counter);
        return new Verdict.Drop(Optional.of(counter), Refusal.FAILED);
    }

    /** What is still needed of the outer header when its bytes are gone. */
    private record Outer(IpAddress source, IpAddress destination, int trafficClass, int port) {
        static Outer of(IpHeader ip, int port) {
            return new Outer(ip.source(), ip.destination(), ip.trafficClass(), port);
        }
    }
}
