package org.xfrmctl.datapath.explain;

import java.util.Random;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.wire.Flow;
import org.xfrmctl.datapath.wire.IcmpHeader;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.datapath.wire.TcpHeader;
import org.xfrmctl.datapath.wire.UdpHeader;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;

/**
 * The packet that is asked about.
 *
 * @param size of all of it, the IP header included
 * @param whole whether it carries the don't-fragment bit, or its socket would have it so on IPv6
 * @param device the interface that it comes in or goes out by, as selectors compare it; 0 for the route's
 * @param ifId the XFRM interface that it comes in or goes out by
 */
public record Question(Flow flow, int size, boolean whole, int mark, int device, IfId ifId) {
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int ICMP = 1;
    private static final int ICMPV6 = 58;
    private static final int TCP_WORDS = 12;
    private static final int PORTS = 4;
    private static final int MOST = 65_535;

    public Question {
        if (flow.source().family() != flow.destination().family()) {
            throw new IllegalArgumentException(
                    flow.source() + " and " + flow.destination() + " are of two families: give both of one");
        }
        int least = least(flow);
        if (size < least || size > MOST) {
            throw new IllegalArgumentException("size " + size + " is not in " + least + ".." + MOST
                    + ": a packet has its headers, and a length field of 16 bits");
        }
    }

    /** The same packet where it goes by an XFRM interface. */
    public Question by(IfId other) {
        return new Question(flow, size, whole, mark, device, other);
    }

    /** The same packet where it comes in by this interface, or its socket is bound to it. */
    public Question boundTo(int index) {
        return new Question(flow, size, whole, mark, index, ifId);
    }

    /** The same packet as it is passed on: it leaves by the link of its route, whatever it came by. */
    Question passedOn(IfId other) {
        return new Question(flow, size, whole, mark, 0, other);
    }

    public Family family() {
        return flow.source().family();
    }

    /** The shortest packet that has all of its headers. */
    public static int least(Flow flow) {
        int upper = switch (flow.protocol()) {
            case TCP -> 20;
            case UDP, ICMP, ICMPV6 -> 8;
            default -> flow.sourcePort() == 0 && flow.destinationPort() == 0 ? 0 : 12;
        };
        return (flow.source().family() == Family.INET6 ? 40 : 20) + upper;
    }

    /** The packet itself, with data that no deflate makes smaller, or that each does. */
    public byte[] packet(boolean compressible) {
        return packet(compressible, size);
    }

    /** As {@link #packet(boolean)}, of another length: one that is too short for them goes without the upper headers. */
    byte[] packet(boolean compressible, int length) {
        int header = family() == Family.INET6 ? 40 : 20;
        byte[] data = new byte[Math.max(0, length - header)];
        if (!compressible) {
            new Random(1).nextBytes(data);
        }
        PacketBuffer packet = PacketBuffer.of(data);
        if (length >= least(flow)) {
            writePorts(packet);
        }
        IpHeader ip = IpHeader.prepend(packet, flow.source(), flow.destination(), flow.protocol());
        ip.hopLimit(64);
        if (ip instanceof Ipv4Header v4) {
            v4.dontFragment(whole);
        }
        ip.finish(packet.length());
        if (length >= least(flow)) {
            writeChecksum(packet, ip);
        }
        return packet.toBytes();
    }

    private void writeChecksum(PacketBuffer packet, IpHeader ip) {
        int at = ip.length();
        int length = packet.length() - at;
        switch (flow.protocol()) {
            case UDP -> UdpHeader.read(packet, at).ifPresent(udp -> udp.updateChecksum(ip));
            case TCP -> TcpHeader.read(packet, at).ifPresent(tcp -> tcp.updateChecksum(ip, length));
            case ICMP, ICMPV6 -> IcmpHeader.read(packet, at).ifPresent(icmp -> icmp.updateChecksum(ip, length));
            default -> {
                // No other protocol is looked into.
            }
        }
    }

    private void writePorts(PacketBuffer data) {
        int protocol = flow.protocol();
        if (protocol == ICMP || protocol == ICMPV6) {
            data.u8(0, flow.sourcePort());
            data.u8(1, flow.destinationPort());
        } else if (data.length() >= PORTS) {
            data.u16(0, flow.sourcePort());
            data.u16(2, flow.destinationPort());
        }
        if (protocol == UDP) {
            data.u16(4, data.length());
        } else if (protocol == TCP) {
            data.u8(TCP_WORDS, 5 << 4);
        }
    }

    IpAddress destination() {
        return flow.destination();
    }
}
