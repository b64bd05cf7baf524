package org.xfrmctl.datapath.engine;

import java.util.Optional;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.ah.AhTransform;
import org.xfrmctl.datapath.esp.EspTransform;
import org.xfrmctl.datapath.replay.ReplayWindow;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv6Chain;
import org.xfrmctl.datapath.wire.Ipv6Header;
import org.xfrmctl.datapath.wire.UdpHeader;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.ExtraFlag;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.XfrmCounter;
import org.xfrmctl.model.XfrmState;

/** One association's work on an outbound packet, in the order of {@code xfrm_output_one}. */
final class OutboundTransform {
    private static final int IPV4_IN = 4;
    private static final int IPV6_IN = 41;
    private static final int UDP = 17;
    private static final int IPV4_PROTOCOL = 9;
    private static final int NOT_DONE = -1;
    /** {@code IP_MAX_MTU}, and what an IPv6 header has behind it at most. */
    private static final int LONGEST = 65_535;

    /** {@code UDP_ENCAP_ESPINUDP_NON_IKE}, of a draft before RFC 3948: ESP stands behind eight zeros. */
    private static final int NON_IKE = 1;

    private static final byte[] NON_IKE_MARKER = new byte[8];

    private final XfrmNamespace namespace;
    private final IntSupplier identifications;
    private final HeaderKeeper kept = new HeaderKeeper();
    private final OuterHeader outer = new OuterHeader();

    OutboundTransform(XfrmNamespace namespace, IntSupplier identifications) {
        this.namespace = namespace;
        this.identifications = identifications;
    }

    /** Transforms the packet in place; the counter to raise if it must be dropped. */
    Optional<XfrmCounter> apply(Packet packet, Bundle.Step step) {
        SecurityAssociation association = step.association();
        PacketBuffer buffer = packet.buffer();
        IpHeader ip = packet.header();
        if (ip == null) {
            return Optional.of(XfrmCounter.OUT_STATE_MODE_ERROR);
        }
        buffer.dropBack(buffer.length() - ip.totalLength());
        XfrmState state = association.definition();
        Mark mark = state.options().outputMark().orElse(Mark.NONE);
        packet.mark((mark.value() & mark.mask()) | (packet.mark() & ~mark.mask()));
        if (association.mode().equals(Mode.TUNNEL)) {
            return encapsulate(packet, ip, step);
        }
        if (association.mode().equals(Mode.TRANSPORT)) {
            return protect(packet, ip, association);
        }
        return association.mode().equals(Mode.BEET) && BeetHeader.replace(buffer, ip, state)
                ? protectBound(packet, association)
                : Optional.of(XfrmCounter.OUT_STATE_MODE_ERROR);
    }

    private Optional<XfrmCounter> encapsulate(Packet packet, IpHeader ip, Bundle.Step step) {
        PacketBuffer buffer = packet.buffer();
        SecurityAssociation association = step.association();
        outer.take(ip, association, packet.isIdentified());
        int nextHeader = ip.family() == Family.INET ? IPV4_IN : IPV6_IN;
        int tfc = association.definition().options().extras().tfcPad();
        int padTo = tfc == 0
                ? 0
                : Math.min(tfc, association.overhead(namespace.random()).through(step.childMtu()));
        XfrmCounter refused = admit(association);
        if (refused != null) {
            return Optional.of(refused);
        }
        long sequence = nextSequence(association);
        if (sequence == ReplayWindow.EXHAUSTED) {
            return Optional.of(XfrmCounter.OUT_STATE_SEQ_ERROR);
        }
        association.count(buffer.length());
        if (association.id().protocol().equals(IpProtocol.AH)) {
            outer.prepend(packet, association, nextHeader, identifications);
            kept.take(buffer, PathMtu.ipHeader(association.source().family()));
            int field = association.source().family() == Family.INET ? IPV4_PROTOCOL : Ipv6Header.NEXT_HEADER;
            return authenticate(packet, field, association, nextHeader, sequence);
        }
        int protocol = work(buffer, association, nextHeader, sequence, padTo);
        if (protocol == NOT_DONE) {
            return Optional.of(XfrmCounter.OUT_STATE_PROTO_ERROR);
        }
        Family family = association.source().family();
        if (!fits(family, PathMtu.ipHeader(family) + buffer.length())) {
            return Optional.of(XfrmCounter.OUT_STATE_PROTO_ERROR);
        }
        outer.prepend(packet, association, protocol, identifications);
        finishUdp(buffer, protocol, association);
        return Optional.empty();
    }

    /** BEET has put the addresses of the path in place; extension headers belong to the payload. */
    private Optional<XfrmCounter> protectBound(Packet packet, SecurityAssociation association) {
        boolean innerV6 = association.definition().selector().family() == Family.INET6;
        if (association.id().protocol().equals(IpProtocol.AH) && !innerV6) {
            // Linux 6.1 takes the state and then puts AH in the wrong place, over the payload: no receiver takes
            // that. The room that BEET keeps for IPv4 options is missing in the header length of AH (ah4.c).
            return Optional.of(XfrmCounter.OUT_STATE_PROTO_ERROR);
        }
        boolean v4 = association.source().family() == Family.INET;
        return protect(
                packet,
                association,
                v4 ? IPV4_PROTOCOL : Ipv6Header.NEXT_HEADER,
                PathMtu.ipHeader(association.source().family()));
    }

    private Optional<XfrmCounter> protect(Packet packet, IpHeader ip, SecurityAssociation association) {
        if (ip.family() == Family.INET) {
            return protect(packet, association, IPV4_PROTOCOL, ip.length());
        }
        Ipv6Chain chain = Ipv6Chain.walk(packet.buffer());
        if (chain.transportOffset() > packet.buffer().length()) {
            // An extension header that is longer than the packet: ip6_find_1stfragopt() fails.
            return Optional.of(XfrmCounter.OUT_STATE_MODE_ERROR);
        }
        return protect(packet, association, chain.transportField(), chain.transportOffset());
    }

    /** What follows the first {@code length} bytes is protected; {@code field} names it. */
    private Optional<XfrmCounter> protect(Packet packet, SecurityAssociation association, int field, int length) {
        PacketBuffer buffer = packet.buffer();
        XfrmCounter refused = admit(association);
        if (refused != null) {
            return Optional.of(refused);
        }
        long sequence = nextSequence(association);
        if (sequence == ReplayWindow.EXHAUSTED) {
            return Optional.of(XfrmCounter.OUT_STATE_SEQ_ERROR);
        }
        int nextHeader = buffer.u8(field);
        kept.take(buffer, length);
        association.count(buffer.length());
        if (association.id().protocol().equals(IpProtocol.AH)) {
            return authenticate(packet, field, association, nextHeader, sequence);
        }
        int protocol = work(buffer, association, nextHeader, sequence, 0);
        if (protocol == NOT_DONE || !fits(kept.family(), kept.length() + buffer.length())) {
            return Optional.of(XfrmCounter.OUT_STATE_PROTO_ERROR);
        }
        kept.putBack(packet, field, protocol);
        finishUdp(buffer, protocol, association);
        return Optional.empty();
    }

    /** AH covers the header before it, which therefore has to be complete first. */
    private Optional<XfrmCounter> authenticate(
            Packet packet, int field, SecurityAssociation association, int nextHeader, long sequence) {
        PacketBuffer payload = packet.buffer();
        AhTransform ah = association.ah();
        if (!fits(kept.family(), kept.length() + ah.headerLength() + payload.length())) {
            return Optional.of(XfrmCounter.OUT_STATE_PROTO_ERROR);
        }
        kept.announce(payload.length() + ah.headerLength(), field, AhTransform.PROTOCOL);
        if (!ah.seal(kept.header(), kept.length(), payload, nextHeader, sequence)) {
            return Optional.of(XfrmCounter.OUT_STATE_PROTO_ERROR);
        }
        kept.putBack(packet, field, AhTransform.PROTOCOL);
        return Optional.empty();
    }

    /**
     * Whether the length fields can hold the packet, that of UDP, too, which is never longer. {@code esp_output_udp_encap()}
     * asks; without UDP Linux lets the field wrap, and no receiver takes that.
     */
    private static boolean fits(Family family, int length) {
        return length - (family == Family.INET6 ? Ipv6Header.LENGTH : 0) <= LONGEST;
    }

    private @Nullable XfrmCounter admit(SecurityAssociation association) {
        if (!association.isValid()) {
            return XfrmCounter.OUT_STATE_INVALID;
        }
        return namespace.states().limits().isExpired(association) ? XfrmCounter.OUT_STATE_EXPIRED : null;
    }

    /** The sequence number for ESP and AH; 0 for protocols without, {@link ReplayWindow#EXHAUSTED} when all have been used. */
    private long nextSequence(SecurityAssociation association) {
        IpProtocol proto = association.id().protocol();
        if (!proto.equals(IpProtocol.ESP) && !proto.equals(IpProtocol.AH)) {
            return 0;
        }
        long sequence = association
                .window()
                .nextOutbound(association.definition().flags().has(ExtraFlag.OSEQ_MAY_WRAP));
        if (sequence != ReplayWindow.EXHAUSTED) {
            namespace.reports().moved(association);
        }
        return sequence;
    }

    /**
     * Transforms the payload; the protocol number that the header before it must name. {@link #NOT_DONE} for a protocol
     * that has no transform here, such as mobile IPv6: its packets may not leave as they are. AH is {@link #authenticate}d.
     */
    private int work(PacketBuffer payload, SecurityAssociation association, int nextHeader, long sequence, int padTo) {
        IpProtocol proto = association.id().protocol();
        if (proto.equals(IpProtocol.COMP)) {
            return association.ipcomp().compress(payload, nextHeader) ? proto.number() : nextHeader;
        }
        if (association.isImplied()) {
            return nextHeader;
        }
        if (!proto.equals(IpProtocol.ESP)) {
            return NOT_DONE;
        }
        EspTransform esp = association.esp(namespace.random());
        esp.seal(payload, nextHeader, sequence, padTo);
        Optional<Encap> encap = association.definition().options().encap();
        if (encap.isEmpty()) {
            return proto.number();
        }
        if (encap.get().type() == NON_IKE) {
            payload.addFront(NON_IKE_MARKER.length);
            System.arraycopy(NON_IKE_MARKER, 0, payload.array(), payload.start(), NON_IKE_MARKER.length);
        }
        UdpHeader.prepend(payload, encap.get().sourcePort(), encap.get().destinationPort());
        return UDP;
    }

    /** On IPv6 the checksum of the UDP header needs the addresses, so it comes last (RFC 8200, section 8.1). */
    private static void finishUdp(PacketBuffer packet, int protocol, SecurityAssociation association) {
        if (protocol != UDP
                || association.definition().options().encap().isEmpty()
                || association.source().family() != Family.INET6) {
            return;
        }
        IpHeader ip = IpHeader.read(packet).orElseThrow();
        UdpHeader.read(packet, Ipv6Chain.walk(packet).offset()).orElseThrow().updateChecksum(ip);
    }
}
