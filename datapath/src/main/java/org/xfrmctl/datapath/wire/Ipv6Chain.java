package org.xfrmctl.datapath.wire;

import org.xfrmctl.datapath.PacketBuffer;

/**
 * Where the extension headers of an IPv6 packet end (RFC 8200, section 4). Offsets count from the packet's start.
 *
 * @param protocol what follows the last extension header known here; AH and ESP count as upper protocols
 * @param offset where that begins; it may lie behind the packet's end if the packet is cut short
 * @param nextHeaderField the byte that names {@code protocol}
 * @param fragment offset of the fragment header, or -1
 * @param transportOffset where a transport-mode transform is inserted: after hop-by-hop, routing and the destination
 *     options before a routing header, but before everything else (net/ipv6/exthdrs_core.c, ip6_find_1stfragopt())
 * @param transportField the byte that names what stands at {@code transportOffset}
 */
public record Ipv6Chain(
        int protocol, int offset, int nextHeaderField, int fragment, int transportOffset, int transportField) {
    static final int HOP_BY_HOP = 0;
    private static final int ROUTING = 43;
    private static final int FRAGMENT = 44;
    private static final int DESTINATION_OPTIONS = 60;

    /** By protocol, what most packets have: no extension header. Made once, for each packet asks. */
    private static final Ipv6Chain[] NO_EXTENSIONS = new Ipv6Chain[256];

    static {
        int field = Ipv6Header.NEXT_HEADER;
        int offset = Ipv6Header.LENGTH;
        for (int protocol = 0; protocol < NO_EXTENSIONS.length; protocol++) {
            NO_EXTENSIONS[protocol] = new Ipv6Chain(protocol, offset, field, -1, offset, field);
        }
    }

    /** Walks the headers of a packet whose fixed header has been checked. */
    public static Ipv6Chain walk(PacketBuffer packet) {
        return walk(packet, 0);
    }

    /** Walks from a fixed header at {@code start}. */
    public static Ipv6Chain walk(PacketBuffer packet, int start) {
        int field = start + Ipv6Header.NEXT_HEADER;
        if (start == 0 && !isExtension(packet.u8(field))) {
            return NO_EXTENSIONS[packet.u8(field)];
        }
        int offset = start + Ipv6Header.LENGTH;
        int fragment = -1;
        int transportField = field;
        int transportOffset = offset;
        boolean insertable = true;
        while (isExtension(packet.u8(field)) && offset + 8 <= packet.length()) {
            int type = packet.u8(field);
            int length = type == FRAGMENT ? FragmentHeader.LENGTH : (packet.u8(offset + 1) + 1) * 8;
            fragment = type == FRAGMENT && fragment < 0 ? offset : fragment;
            field = offset;
            offset += length;
            insertable &= type != FRAGMENT;
            if (insertable && (type == HOP_BY_HOP || type == ROUTING)) {
                transportField = field;
                transportOffset = offset;
            }
        }
        return new Ipv6Chain(packet.u8(field), offset, field, fragment, transportOffset, transportField);
    }

    public boolean isFragment() {
        return fragment >= 0;
    }

    /** Whether the packet is a part of another: a fragment that is all of a packet is none (RFC 6946). */
    public boolean isPart(PacketBuffer packet) {
        return isFragment()
                && FragmentHeader.read(packet, fragment)
                        .filter(header -> header.offset() == 0 && !header.more())
                        .isEmpty();
    }

    static boolean isExtension(int type) {
        return type == HOP_BY_HOP || type == ROUTING || type == FRAGMENT || type == DESTINATION_OPTIONS;
    }
}
