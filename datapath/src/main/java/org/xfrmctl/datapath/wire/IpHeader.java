package org.xfrmctl.datapath.wire;

import java.util.Optional;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;

/** What IPv4 and IPv6 headers have in common, by one name. */
public sealed interface IpHeader permits Ipv4Header, Ipv6Header {

    /**
     * Views the header at the packet's start; empty if version, lengths and the bytes at hand do not agree. Bytes behind
     * the stated length are allowed (links pad short frames). The IPv4 checksum is not looked at.
     */
    static Optional<IpHeader> read(PacketBuffer packet) {
        return read(packet, 0);
    }

    /** As {@link #read(PacketBuffer)}, for a header inside the packet. */
    static Optional<IpHeader> read(PacketBuffer packet, int offset) {
        if (packet.length() - offset < 1) {
            return Optional.empty();
        }
        return switch (packet.u8(offset) >> 4) {
            case 4 -> Ipv4Header.read(packet, offset).map(header -> header);
            case 6 -> Ipv6Header.read(packet, offset).map(header -> header);
            default -> Optional.empty();
        };
    }

    /** Puts a header of the addresses' family before {@code payload}; see the two {@code prepend} methods. */
    static IpHeader prepend(PacketBuffer payload, IpAddress source, IpAddress destination, int protocol) {
        return switch (source.family()) {
            case INET -> Ipv4Header.prepend(payload, source, destination, protocol);
            case INET6 -> Ipv6Header.prepend(payload, source, destination, protocol);
            case UNSPEC -> throw new IllegalArgumentException("an IP header needs a family");
        };
    }

    Family family();

    /** Bytes from the header's start to what follows: with the options for IPv4, always 40 for IPv6. */
    int length();

    /** Bytes of the whole packet, as the header states it. */
    int totalLength();

    /** The protocol of what follows; for IPv6 that may be an extension header ({@link Ipv6Chain}). */
    int protocol();

    void protocol(int value);

    /** TOS or traffic class: DSCP in the upper six bits, ECN in the lower two (RFC 2474, RFC 3168). */
    int trafficClass();

    void trafficClass(int value);

    /** TTL or hop limit. */
    int hopLimit();

    void hopLimit(int value);

    IpAddress source();

    void source(IpAddress address);

    IpAddress destination();

    void destination(IpAddress address);

    /** States the length of the whole packet and brings the IPv4 checksum up to date: the last step of every change. */
    void finish(int totalLength);
}
