package org.xfrmctl.datapath.engine;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
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
import org.xfrmctl.model.XfrmCounter;

/**
 * What XFRM does to packets that arrive ({@code net/xfrm/xfrm_input.c}). The host reassembles a packet that is addressed
 * to it, asks {@link #accepts}, and takes what {@link #receive} forwards as if it had just arrived; before it delivers or
 * routes any packet it asks {@link #check}.
 */
public final class InputProcessor {
    private static final int ESP = 50;
    private static final int AH = 51;
    private static final int COMP = 108;
    private static final int IPV4_PROTOCOL = 9;
    private static final int IPIP = 4;
    private static final int IPV6 = 41;

    private final XfrmNamespace namespace;
    private final InboundTransform transform;
    private final PolicyCheck policyCheck;
    private final HeaderKeeper kept = new HeaderKeeper();
    private final KnownAddresses addresses = new KnownAddresses();

    public InputProcessor(XfrmNamespace namespace) {
        this(namespace, DecisionWatch.NONE);
    }

    /** As above; {@code watch} is told why checks fail. */
    public InputProcessor(XfrmNamespace namespace, DecisionWatch watch) {
        this.namespace = namespace;
        this.transform = new InboundTransform(namespace);
        this.policyCheck = new PolicyCheck(namespace, watch);
    }

    /** Whether packets of a protocol go to XFRM when they have reached their destination. */
    public static boolean accepts(int protocol) {
        return switch (protocol) {
            case ESP, AH, COMP, IPIP, IPV6 -> true;
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
            long now = namespace.runTimers();
            return policyCheck.check(packet, direction, now).map(this::drop);
        } finally {
            lock.unlock();
        }
    }

    private Verdict process(Packet packet, int encapsulation, int port) {
        PacketBuffer buffer = packet.buffer();
        IpHeader ip = packet.header();
        if (ip == null) {
            return drop(XfrmCounter.IN_HDR_ERROR);
        }
        buffer.dropBack(buffer.length() - ip.totalLength());
        int trafficClass = ip.trafficClass();
        int field = IPV4_PROTOCOL;
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
        return loop(packet, trafficClass, protocol, field, encapsulation, port);
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
    private Verdict loop(Packet packet, int trafficClass, int protocol, int field, int encapsulation, int port) {
        int current = protocol;
        int around = encapsulation;
        // All states are looked for with the mark that the packet came with, though each may set another.
        int mark = packet.mark();
        do {
            if (!isLongEnough(packet.buffer(), current)) {
                return drop(XfrmCounter.IN_HDR_ERROR);
            }
            if (packet.depth() == Packet.MAX_DEPTH) {
                return drop(XfrmCounter.IN_BUFFER_ERROR);
            }
            SecurityAssociation association = find(packet.buffer(), current, mark);
            if (association == null) {
                return drop(isNameless(current) ? XfrmCounter.IN_HDR_ERROR : XfrmCounter.IN_NO_STATES);
            }
            applyMark(packet, association);
            packet.passed(association);
            boolean mapped = around != 0 && current == ESP;
            int nextHeader = transform.apply(
                    packet.buffer(),
                    kept,
                    association,
                    current,
                    around,
                    mapped ? told(association, port) : InputProcessor::tellNothing);
            if (nextHeader == InboundTransform.FAILED) {
                return drop(transform.error());
            }
            if (current == ESP || current == AH || current == COMP) {
                packet.trusted(mapped && association.mode().equals(Mode.TRANSPORT));
            }
            // UDP is around the outermost only (net/xfrm/xfrm_input.c, xfrm_input()).
            around = 0;
            if (association.mode().equals(Mode.TUNNEL)) {
                return decapsulate(packet, trafficClass, association, nextHeader);
            }
            if (association.mode().equals(Mode.BEET)) {
                return unbind(packet, association, nextHeader);
            }
            if (!association.mode().equals(Mode.TRANSPORT)) {
                return drop(XfrmCounter.IN_STATE_MODE_ERROR);
            }
            current = nextHeader;
        } while (current == ESP || current == AH || current == COMP);
        kept.putBack(packet, field, current);
        return packet.forward();
    }

    private static void tellNothing() {
        // It came bare.
    }

    /** Tells where a packet came from. */
    private Runnable told(SecurityAssociation association, int port) {
        return () -> namespace.states().cameFrom(association, source(), port);
    }

    /** On IPv4 the source address is asked for as an SPI; on IPv6 there is no SPI without a tunnel. */
    private boolean isNameless(int protocol) {
        return (protocol == IPIP || protocol == IPV6)
                && destination().family() == Family.INET6
                && namespace.states().impliedId(destination(), source()).isEmpty();
    }

    /** Whether there is all of the header in which the SPI stands. */
    private static boolean isLongEnough(PacketBuffer payload, int protocol) {
        int least = switch (protocol) {
            case ESP -> 8;
            case AH -> 12;
            case COMP -> 4;
            default -> 0;
        };
        return payload.length() >= least;
    }

    /** Protocols without SPI are found by the sender's address. */
    private @Nullable SecurityAssociation find(PacketBuffer payload, int protocol, int mark) {
        StateTable states = namespace.states();
        return switch (protocol) {
            case ESP -> states.find(destination(), payload.i32(0), protocol, mark);
            case AH -> states.find(destination(), payload.i32(4), protocol, mark);
            case COMP -> states.find(destination(), payload.u16(2), protocol, mark);
            default ->
                states.impliedId(destination(), source())
                        .flatMap(id -> states.find(id, mark))
                        .orElse(null);
        };
    }

    private IpAddress source() {
        return isV4() ? addresses.v4(kept.header(), 12) : addresses.v6(kept.header(), 8);
    }

    private IpAddress destination() {
        return isV4() ? addresses.v4(kept.header(), 16) : addresses.v6(kept.header(), 24);
    }

    private boolean isV4() {
        return kept.header()[0] >> 4 == 4;
    }

    private static void applyMark(Packet packet, SecurityAssociation association) {
        Mark mark = association.definition().options().outputMark().orElse(Mark.NONE);
        packet.mark((mark.value() & mark.mask()) | (packet.mark() & ~mark.mask()));
    }

    private Verdict decapsulate(Packet packet, int outer, SecurityAssociation association, int nextHeader) {
        int version = nextHeader == IPIP ? 4 : 6;
        PacketBuffer inner = packet.buffer();
        int least = version == 4 ? 20 : 40;
        if ((nextHeader != IPIP && nextHeader != IPV6) || inner.length() < least) {
            return drop(XfrmCounter.IN_STATE_MODE_ERROR);
        }
        IpHeader header = packet.header();
        // Sound or not is for the IP layer to say, which has no counter here.
        if (header == null || inner.u8(0) >> 4 != version) {
            return new Verdict.Drop(Optional.empty(), Refusal.FAILED);
        }
        // After IPComp the kernel merges into the wrong place and the inner header stays as it is: ipcomp_input()
        // leaves the transport header, where xfrm4_remove_tunnel_encap() expects the inner one, in the outer
        // header. Seen with DSCP.
        if (!association.definition().id().protocol().equals(IpProtocol.COMP)) {
            Decapsulation.mergeTrafficClass(
                    header, outer, association.definition().flags());
        }
        return packet.forward();
    }

    /** BEET: the packet gets a header with the addresses that both ends have agreed on. */
    private Verdict unbind(Packet packet, SecurityAssociation association, int nextHeader) {
        if (!BeetHeader.restore(
                packet.buffer(), kept.header(), association.definition().selector(), nextHeader)) {
            return drop(XfrmCounter.IN_STATE_MODE_ERROR);
        }
        return packet.header() != null ? packet.forward() : new Verdict.Drop(Optional.empty(), Refusal.FAILED);
    }

    private Verdict.Drop drop(XfrmCounter counter) {
        namespace.statistics().increment(counter);
        return new Verdict.Drop(Optional.of(counter), Refusal.FAILED);
    }
}
