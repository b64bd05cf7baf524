package org.xfrmctl.datapath.device;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.wire.IcmpHeader;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.model.IpAddress;

/**
 * A neighbour solicitation or advertisement (RFC 4861, sections 4.3 and 4.4).
 *
 * <pre>
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Type         |     Code: 0   |          Checksum             |
 * |R|S|O|                     Reserved                            |
 * |                     Target address (16)                       |
 * |  Option: 1, 2 | Length: 1     |  Link-layer address (6)       |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param link the option: the source's address in a solicitation, the target's in an advertisement
 */
record NeighbourMessage(
        boolean advertisement,
        IpAddress source,
        IpAddress destination,
        IpAddress target,
        boolean solicited,
        Optional<MacAddress> link) {
    private static final int SOLICITATION = 135;
    private static final int ADVERTISEMENT = 136;
    private static final int SOLICITED = 0x4000_0000;
    private static final int OVERRIDE = 0x2000_0000;
    /** What no router lets pass: so the sender is on this link. */
    private static final int HOP_LIMIT = 255;

    private static final int TARGET = 8;
    private static final int LEAST = TARGET + 16;
    private static final int OPTION = 8;

    /** Whether a packet is one of the five kinds of neighbour discovery, good or bad: not for the host's ICMP. */
    static boolean isDiscovery(PacketBuffer packet, IpHeader ip) {
        return ip.protocol() == IcmpHeader.PROTOCOL_V6
                && packet.length() > ip.length()
                && packet.u8(ip.length()) >= 133
                && packet.u8(ip.length()) <= 137;
    }

    /** Empty unless it is valid by sections 7.1.1 and 7.1.2. */
    static Optional<NeighbourMessage> read(PacketBuffer packet, IpHeader ip) {
        int at = ip.length();
        int length = ip.totalLength() - at;
        Optional<IcmpHeader> icmp = IcmpHeader.read(packet, at)
                .filter(header -> ip.hopLimit() == HOP_LIMIT
                        && length >= LEAST
                        && header.code() == 0
                        && header.checksumIsValid(ip, length))
                .filter(header -> header.type() == SOLICITATION || header.type() == ADVERTISEMENT);
        if (icmp.isEmpty() || !optionsAreWhole(packet, at + LEAST, at + length)) {
            return Optional.empty();
        }
        boolean advertisement = icmp.get().type() == ADVERTISEMENT;
        NeighbourMessage message = new NeighbourMessage(
                advertisement,
                ip.source(),
                ip.destination(),
                address(packet, at + TARGET),
                (icmp.get().rest() & SOLICITED) != 0,
                link(packet, at + LEAST, at + length, advertisement ? 2 : 1));
        return message.isSane() ? Optional.of(message) : Optional.empty();
    }

    /** What the sections say of addresses. Who has none yet asks the group of the one he wants, and gives no other. */
    private boolean isSane() {
        if (isGroup(target)) {
            return false;
        }
        if (advertisement) {
            return !(solicited && isGroup(destination));
        }
        return !source.isAny() || (link.isEmpty() && isSolicitedNode(destination));
    }

    private static boolean isGroup(IpAddress address) {
        return address.word0() >>> 24 == 0xff;
    }

    private static boolean isSolicitedNode(IpAddress address) {
        return address.word0() == 0xff02_0000
                && address.word1() == 0
                && address.word2() == 1
                && address.word3() >>> 24 == 0xff;
    }

    private static boolean optionsAreWhole(PacketBuffer packet, int from, int end) {
        int at = from;
        while (at + 1 < end && packet.u8(at + 1) != 0) {
            at += packet.u8(at + 1) * OPTION;
        }
        return at == end;
    }

    private static Optional<MacAddress> link(PacketBuffer packet, int from, int end, int type) {
        for (int at = from; at < end; at += packet.u8(at + 1) * OPTION) {
            if (packet.u8(at) == type && packet.u8(at + 1) == 1) {
                return Optional.of(MacAddress.read(ByteBuffer.wrap(packet.array()), packet.start() + at + 2));
            }
        }
        return Optional.empty();
    }

    private static IpAddress address(PacketBuffer packet, int at) {
        byte[] bytes = new byte[16];
        System.arraycopy(packet.array(), packet.start() + at, bytes, 0, bytes.length);
        return IpAddress.of(bytes);
    }

    /** The group in which an address's owner listens for solicitations (RFC 4291, section 2.7.1). */
    static IpAddress group(IpAddress target) {
        ByteBuffer group = ByteBuffer.allocate(16);
        group.putInt(0xff02_0000).putInt(0).putInt(1).putInt(0xff00_0000 | target.word3());
        return IpAddress.of(group.array());
    }

    /** The whole IPv6 packet. */
    byte[] packet() {
        ByteBuffer body = ByteBuffer.allocate(16 + link.map(any -> OPTION).orElse(0));
        body.put(target.toBytes());
        link.ifPresent(address -> {
            body.put((byte) (advertisement ? 2 : 1)).put((byte) 1);
            address.write(body, body.position());
        });
        PacketBuffer packet = PacketBuffer.of(body.array());
        int flags = advertisement ? OVERRIDE | (solicited ? SOLICITED : 0) : 0;
        IcmpHeader.prepend(packet, advertisement ? ADVERTISEMENT : SOLICITATION, 0, flags);
        int length = packet.length();
        IpHeader ip = IpHeader.prepend(packet, source, destination, IcmpHeader.PROTOCOL_V6);
        ip.hopLimit(HOP_LIMIT);
        ip.finish(packet.length());
        IcmpHeader.read(packet, ip.length()).orElseThrow().updateChecksum(ip, length);
        return packet.toBytes();
    }
}
