package org.xfrmctl.datapath.host;

import java.util.ArrayList;
import java.util.List;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.wire.FragmentHeader;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.datapath.wire.Ipv6Chain;

/**
 * Cuts packets to an MTU (RFC 791, section 2.3; RFC 8200, section 4.5). Where not even eight bytes fit behind the headers
 * there are no fragments: the packet cannot go.
 */
final class Fragmentation {
    private static final int COPIED = 0x80;
    private static final int NO_OPERATION = 1;

    private Fragmentation() {}

    /** Cuts an IPv4 packet, which may be a fragment itself. Its ID stays; options that must not be copied become padding. */
    static List<PacketBuffer> v4(PacketBuffer packet, int mtu) {
        Ipv4Header whole = Ipv4Header.read(packet, 0).orElseThrow();
        return v4(packet, Pieces.within(mtu - whole.length(), whole.totalLength() - whole.length()));
    }

    static List<PacketBuffer> v4(PacketBuffer packet, Pieces pieces) {
        Ipv4Header whole = Ipv4Header.read(packet, 0).orElseThrow();
        int header = whole.length();
        int payload = whole.totalLength() - header;
        List<PacketBuffer> fragments = new ArrayList<>();
        for (int i = 0; i < pieces.count(); i++) {
            int at = pieces.start(i);
            PacketBuffer fragment = slice(packet, header, header + at, pieces.length(i, payload));
            if (at > 0) {
                blankOptions(fragment, header);
            }
            int total = fragment.length();
            fragment.u16(2, total);
            Ipv4Header ip = Ipv4Header.read(fragment, 0).orElseThrow();
            ip.fragment(whole.fragmentOffset() + at, !pieces.isLast(i) || whole.moreFragments());
            ip.finish(total);
            fragments.add(fragment);
        }
        return fragments;
    }

    private static void blankOptions(PacketBuffer packet, int header) {
        int at = Ipv4Header.LENGTH;
        while (at < header && packet.u8(at) != 0) {
            int type = packet.u8(at);
            int length = type == NO_OPERATION || at + 1 >= header ? 1 : Math.max(2, packet.u8(at + 1));
            if ((type & COPIED) == 0) {
                for (int i = at; i < Math.min(header, at + length); i++) {
                    packet.u8(i, NO_OPERATION);
                }
            }
            at += length;
        }
    }

    /** Cuts an IPv6 packet at its source. */
    static List<PacketBuffer> v6(PacketBuffer packet, int mtu, int identification) {
        Ipv6Chain chain = Ipv6Chain.walk(packet);
        int header = chain.transportOffset();
        int end = IpHeader.read(packet).orElseThrow().totalLength();
        int nextHeader = packet.u8(chain.transportField());
        Pieces pieces = Pieces.within(mtu - header - FragmentHeader.LENGTH, end - header);
        List<PacketBuffer> fragments = new ArrayList<>();
        for (int i = 0; i < pieces.count(); i++) {
            int at = pieces.start(i);
            PacketBuffer fragment =
                    slice(packet, header + FragmentHeader.LENGTH, header + at, pieces.length(i, end - header));
            System.arraycopy(packet.array(), packet.start(), fragment.array(), fragment.start(), header);
            fragment.u8(chain.transportField(), FragmentHeader.PROTOCOL);
            FragmentHeader.write(fragment, header, nextHeader, at, !pieces.isLast(i), identification);
            fragment.u16(4, fragment.length() - 40);
            fragments.add(fragment);
        }
        return fragments;
    }

    /** A packet that begins like {@code packet}, with room for {@code header} bytes, and ends with a part of it. */
    private static PacketBuffer slice(PacketBuffer packet, int header, int from, int length) {
        PacketBuffer part = PacketBuffer.of(packet.array(), packet.start() + from, length);
        part.addFront(header);
        System.arraycopy(packet.array(), packet.start(), part.array(), part.start(), Math.min(header, from));
        return part;
    }
}
