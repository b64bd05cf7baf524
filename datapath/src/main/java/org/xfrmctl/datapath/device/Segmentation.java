package org.xfrmctl.datapath.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.datapath.wire.Ipv6Chain;
import org.xfrmctl.datapath.wire.Ipv6Header;
import org.xfrmctl.datapath.wire.TcpHeader;
import org.xfrmctl.datapath.wire.UdpHeader;
import org.xfrmctl.model.Family;

/**
 * Cuts what a machine leaves to its network card to cut: one packet of TCP or UDP whose data are those of many. Each gets the
 * headers of the whole ({@code tcp_gso_segment()}, {@code __udp_gso_segment()}).
 */
final class Segmentation {
    private final PacketBuffer whole;
    private final IpHeader ip;
    private final int protocol;
    private final int transport;

    private Segmentation(PacketBuffer whole, IpHeader ip, int protocol, int transport) {
        this.whole = whole;
        this.ip = ip;
        this.protocol = protocol;
        this.transport = transport;
    }

    /** Packets with at most {@code size} bytes of data each; none if {@code bytes} are no whole packet of this protocol. */
    static List<byte[]> cut(byte[] bytes, int protocol, int size) {
        PacketBuffer packet = PacketBuffer.of(bytes);
        Optional<IpHeader> ip = IpHeader.read(packet);
        if (ip.isEmpty() || size == 0) {
            return List.of();
        }
        if (ip.get() instanceof Ipv4Header v4) {
            return v4.isFragment() ? List.of() : cut(packet, v4, v4.protocol(), v4.length(), protocol, size);
        }
        Ipv6Chain chain = Ipv6Chain.walk(packet);
        return chain.isFragment() ? List.of() : cut(packet, ip.get(), chain.protocol(), chain.offset(), protocol, size);
    }

    private static List<byte[]> cut(PacketBuffer packet, IpHeader ip, int found, int offset, int protocol, int size) {
        return found == protocol ? new Segmentation(packet, ip, protocol, offset).packets(size) : List.of();
    }

    private List<byte[]> packets(int size) {
        List<byte[]> packets = new ArrayList<>();
        int data = data();
        // Behind the end that the header states, links pad.
        int end = ip.totalLength();
        for (int at = data; at < end; at += size) {
            int length = Math.min(size, end - at);
            PacketBuffer part = PacketBuffer.of(whole.array(), whole.start() + at, length);
            part.addFront(data);
            System.arraycopy(whole.array(), whole.start(), part.array(), part.start(), data);
            finish(part, packets.size(), at - data, at + length == end);
            packets.add(part.toBytes());
        }
        return packets;
    }

    /** Where the data begin; behind everything if there is no complete header. */
    private int data() {
        if (protocol == UdpHeader.PROTOCOL) {
            return transport + UdpHeader.LENGTH;
        }
        return TcpHeader.read(whole, transport)
                .map(tcp -> transport + tcp.length())
                .orElse(whole.length());
    }

    private void finish(PacketBuffer part, int number, int offset, boolean last) {
        IpHeader header = finishIp(part, number);
        int length = part.length() - transport;
        if (protocol == TcpHeader.PROTOCOL) {
            TcpHeader tcp = TcpHeader.read(part, transport).orElseThrow();
            tcp.cut(offset, last);
            tcp.updateChecksum(header, length);
        } else {
            UdpHeader.relength(part, transport, length).updateChecksum(header);
        }
    }

    private IpHeader finishIp(PacketBuffer part, int number) {
        if (ip.family() == Family.INET6) {
            Ipv6Header v6 = Ipv6Header.at(part);
            v6.finish(part.length());
            return v6;
        }
        Ipv4Header v4 = Ipv4Header.at(part);
        // Each is a packet of its own, which may be cut on its way (inet_gso_segment()).
        v4.identification(v4.identification() + number & 0xffff);
        v4.finish(part.length());
        return v4;
    }
}
