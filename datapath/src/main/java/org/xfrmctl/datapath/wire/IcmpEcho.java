package org.xfrmctl.datapath.wire;

import java.util.Optional;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;

/** An echo request or reply of either family: what {@code ping} sends and waits for. */
public record IcmpEcho(
        IpAddress source, IpAddress destination, boolean reply, int identifier, int sequence, Bytes data) {

    /** Reads an unfragmented echo with right checksums; empty for everything else. */
    public static Optional<IcmpEcho> read(PacketBuffer packet) {
        return IpHeader.read(packet)
                .flatMap(ip -> ip instanceof Ipv4Header v4 ? readV4(packet, v4) : readV6(packet, ip));
    }

    private static Optional<IcmpEcho> readV4(PacketBuffer packet, Ipv4Header ip) {
        if (ip.protocol() != IcmpHeader.PROTOCOL_V4 || ip.isFragment() || !ip.checksumIsValid()) {
            return Optional.empty();
        }
        return readMessage(packet, ip, ip.length());
    }

    private static Optional<IcmpEcho> readV6(PacketBuffer packet, IpHeader ip) {
        Ipv6Chain chain = Ipv6Chain.walk(packet);
        if (chain.protocol() != IcmpHeader.PROTOCOL_V6 || chain.isPart(packet)) {
            return Optional.empty();
        }
        return readMessage(packet, ip, chain.offset());
    }

    private static Optional<IcmpEcho> readMessage(PacketBuffer packet, IpHeader ip, int offset) {
        int length = ip.totalLength() - offset;
        if (length < IcmpHeader.LENGTH) {
            return Optional.empty();
        }
        return IcmpHeader.read(packet, offset)
                .filter(icmp -> icmp.checksumIsValid(ip, length) && icmp.code() == 0)
                .filter(icmp -> icmp.type() == type(ip.family(), true) || icmp.type() == type(ip.family(), false))
                .map(icmp -> new IcmpEcho(
                        ip.source(),
                        ip.destination(),
                        icmp.type() == type(ip.family(), true),
                        icmp.rest() >>> 16,
                        icmp.rest() & 0xffff,
                        data(packet, offset + IcmpHeader.LENGTH, length - IcmpHeader.LENGTH)));
    }

    /** The whole IP packet, complete with checksums; hop limit 64, no don't-fragment bit. */
    public PacketBuffer toPacket() {
        PacketBuffer packet = PacketBuffer.of(data.toArray());
        Family family = source.family();
        IcmpHeader.prepend(packet, type(family, reply), 0, identifier << 16 | (sequence & 0xffff));
        int length = packet.length();
        int protocol = family == Family.INET ? IcmpHeader.PROTOCOL_V4 : IcmpHeader.PROTOCOL_V6;
        IpHeader ip = IpHeader.prepend(packet, source, destination, protocol);
        IcmpHeader.read(packet, ip.length()).orElseThrow().updateChecksum(ip, length);
        return packet;
    }

    /** What an obliging host answers to this request. */
    public IcmpEcho answer() {
        return new IcmpEcho(/* source= */ destination, /* destination= */ source, true, identifier, sequence, data);
    }

    private static int type(Family family, boolean reply) {
        if (family == Family.INET) {
            return reply ? IcmpHeader.V4_ECHO_REPLY : IcmpHeader.V4_ECHO_REQUEST;
        }
        return reply ? IcmpHeader.V6_ECHO_REPLY : IcmpHeader.V6_ECHO_REQUEST;
    }

    private static Bytes data(PacketBuffer packet, int offset, int length) {
        byte[] data = new byte[length];
        System.arraycopy(packet.array(), packet.start() + offset, data, 0, length);
        return Bytes.of(data);
    }
}
