package org.xfrmctl.datapath.wire;

import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;

/**
 * Reads flows from packets into plain numbers, so that a flow that is known already can be recognised without making
 * another object of it. Not safe for several threads.
 */
public final class FlowReader {
    private static final int GRE_KEY_PRESENT = 0x2000;
    private static final int GRE_CHECKSUM_PRESENT = 0x8000;

    private boolean v6;
    /** The words of both addresses; those that IPv4 does not have are 0. */
    private int source0;

    private int source1;
    private int source2;
    private int source3;
    private int destination0;
    private int destination1;
    private int destination2;
    private int destination3;
    private int protocol;
    private int ports;

    /** Reads what {@link Flow#of(PacketBuffer)} describes; false if there is no sound IP header. */
    public boolean read(PacketBuffer packet) {
        return read(packet, false);
    }

    /**
     * As {@link #read(PacketBuffer)}; of an IPv6 packet that has {@code arrived} here the extension headers are done, and the
     * protocol is known from them. The hop-by-hop options are done as soon as it has come in.
     */
    public boolean read(PacketBuffer packet, boolean arrived) {
        if (Ipv4Header.isSound(packet, 0)) {
            readV4(packet);
            return true;
        }
        if (Ipv6Header.isSound(packet, 0)) {
            readV6(packet, arrived ? Ipv6Chain.walk(packet).nextHeaderField() : afterHopByHop(packet));
            return true;
        }
        return false;
    }

    private void readV4(PacketBuffer packet) {
        v6 = false;
        source0 = packet.i32(Ipv4Header.SOURCE);
        source1 = 0;
        source2 = 0;
        source3 = 0;
        destination0 = packet.i32(Ipv4Header.DESTINATION);
        destination1 = 0;
        destination2 = 0;
        destination3 = 0;
        protocol = packet.u8(Ipv4Header.PROTOCOL);
        int total = packet.u16(Ipv4Header.TOTAL_LENGTH);
        boolean fragment = (packet.u16(Ipv4Header.FRAGMENT) & Ipv4Header.FRAGMENT_MASK) != 0;
        int offset = fragment ? packet.length() : (packet.u8(Ipv4Header.VERSION_IHL) & 0xf) * 4;
        ports = ports(packet, protocol, offset, Math.min(total, packet.length()) - offset);
    }

    private static int afterHopByHop(PacketBuffer packet) {
        boolean present =
                packet.u8(Ipv6Header.NEXT_HEADER) == Ipv6Chain.HOP_BY_HOP && packet.length() >= Ipv6Header.LENGTH + 8;
        return present ? Ipv6Header.LENGTH : Ipv6Header.NEXT_HEADER;
    }

    /**
     * {@code decode_session6()}: the protocol is that which {@code field} names, but the headers are read from the first
     * extension header on. So ports are taken from there when all extension headers are done.
     */
    private void readV6(PacketBuffer packet, int field) {
        v6 = true;
        source0 = packet.i32(Ipv6Header.SOURCE);
        source1 = packet.i32(Ipv6Header.SOURCE + 4);
        source2 = packet.i32(Ipv6Header.SOURCE + 8);
        source3 = packet.i32(Ipv6Header.SOURCE + 12);
        destination0 = packet.i32(Ipv6Header.DESTINATION);
        destination1 = packet.i32(Ipv6Header.DESTINATION + 4);
        destination2 = packet.i32(Ipv6Header.DESTINATION + 8);
        destination3 = packet.i32(Ipv6Header.DESTINATION + 12);
        int total = Ipv6Header.LENGTH + packet.u16(Ipv6Header.PAYLOAD_LENGTH);
        int end = Math.min(total, packet.length());
        protocol = packet.u8(field);
        int offset = Ipv6Header.LENGTH;
        boolean fragment = false;
        while (Ipv6Chain.isExtension(protocol) && offset + 2 <= end) {
            fragment |= protocol == FragmentHeader.PROTOCOL;
            protocol = packet.u8(offset);
            offset += (packet.u8(offset + 1) + 1) * 8;
        }
        if (offset + 2 > end) {
            // Of what is not there the protocol does not count either.
            protocol = 0;
        }
        ports = fragment ? 0 : ports(packet, protocol, offset, end - offset);
    }

    /** A number to look the flow up by. */
    public int hash() {
        int hash = source0 * 31 + destination0;
        if (v6) {
            hash = (hash * 31 + source1 + source2) * 31 + destination1 + destination2;
            hash = hash * 31 + source3 + 7 * destination3;
        }
        hash = (hash * 31 + ports) * 31 + protocol;
        hash *= 0x9e3779b1;
        return hash ^ hash >>> 15;
    }

    /** Whether this is what was read last. */
    public boolean isOf(Flow flow) {
        return flow.protocol() == protocol
                && flow.sourcePort() == ports >>> 16
                && flow.destinationPort() == (ports & 0xffff)
                && is(flow.source(), source0, source1, source2, source3)
                && is(flow.destination(), destination0, destination1, destination2, destination3);
    }

    private boolean is(IpAddress address, int word0, int word1, int word2, int word3) {
        return address.word0() == word0
                && address.word1() == word1
                && address.word2() == word2
                && address.word3() == word3
                && address.family() == family();
    }

    /** What was read last. */
    public Flow flow() {
        return new Flow(
                new IpAddress(family(), source0, source1, source2, source3),
                new IpAddress(family(), destination0, destination1, destination2, destination3),
                protocol,
                ports >>> 16,
                ports & 0xffff);
    }

    private Family family() {
        return v6 ? Family.INET6 : Family.INET;
    }

    /** Both ports as one word. */
    private static int ports(PacketBuffer packet, int protocol, int offset, int available) {
        return switch (protocol) {
            // TCP, UDP, DCCP, SCTP, UDP-Lite
            case 6, 17, 33, 132, 136 -> available >= 4 ? packet.i32(offset) : 0;
            case IcmpHeader.PROTOCOL_V4, IcmpHeader.PROTOCOL_V6 ->
                available >= 2 ? packet.u8(offset) << 16 | packet.u8(offset + 1) : 0;
            case 47 -> greKey(packet, offset, available);
            // the mobility header's type (RFC 6275, section 6.1.1)
            case 135 -> available >= 3 ? packet.u8(offset + 2) << 16 : 0;
            default -> 0;
        };
    }

    /** RFC 2890, section 2: the key follows the optional checksum word. */
    private static int greKey(PacketBuffer packet, int offset, int available) {
        if (available < 4 || (packet.u16(offset) & GRE_KEY_PRESENT) == 0) {
            return 0;
        }
        int at = (packet.u16(offset) & GRE_CHECKSUM_PRESENT) != 0 ? 8 : 4;
        return available >= at + 4 ? packet.i32(offset + at) : 0;
    }
}
