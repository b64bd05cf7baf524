package org.xfrmctl.datapath.engine;

import java.util.Arrays;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.datapath.wire.Ipv6Chain;
import org.xfrmctl.datapath.wire.Ipv6Header;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.XfrmState;

/**
 * BEET, a tunnel whose inner addresses both ends know and do not send (draft-nikander-esp-beet-mode): one header with the
 * outer addresses travels, and everything else of the inner one in it ({@code xfrm4_beet_encap_add},
 * {@code xfrm4_remove_beet_encap} and their IPv6 siblings). IPv4 options go into a pseudo header before the payload.
 *
 * <pre>
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Next Header  | Options / 8   |  Pad Length   |   Reserved    |
 * |        0 or 4 bytes of padding, then the options ...          |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
final class BeetHeader {
    /** {@code IPPROTO_BEETPH}. */
    private static final int PSEUDO_PROTOCOL = 94;

    private static final int PSEUDO_FIXED = 4;
    private static final int PSEUDO_LONGEST = 8;
    private static final int LONGEST_OPTIONS = 250;
    private static final byte NOP = 1;
    private static final int V4 = Ipv4Header.LENGTH;
    private static final int V6 = 40;
    private static final int DONT_FRAGMENT = 0x4000;

    private BeetHeader() {}

    /** Replaces the inner header by the one that travels, complete but for its length; false for a fragment. */
    static boolean replace(PacketBuffer packet, IpHeader inner, XfrmState state) {
        boolean fragment = inner instanceof Ipv4Header v4
                ? v4.isFragment()
                : Ipv6Chain.walk(packet).isFragment();
        if (fragment) {
            return false;
        }
        Fields fields = Fields.of(packet.array(), packet.start());
        int nextHeader = inner.protocol();
        int options = inner.length() - (inner.family() == Family.INET ? V4 : V6);
        packet.dropFront(inner.length() - options);
        if (options > 0) {
            wrapOptions(packet, options, nextHeader);
            nextHeader = PSEUDO_PROTOCOL;
        }
        fields.prepend(packet, state.source().family() == Family.INET, nextHeader);
        IpHeader outer = IpHeader.read(packet).orElseThrow();
        outer.source(state.source());
        outer.destination(state.id().destination());
        outer.finish(packet.length());
        return true;
    }

    private static void wrapOptions(PacketBuffer packet, int options, int nextHeader) {
        int padding = 4 - (options & 4);
        packet.addFront(PSEUDO_FIXED + padding);
        packet.u8(0, nextHeader);
        packet.u8(1, options / 8);
        packet.u8(2, padding);
        packet.u8(3, 0);
        int start = packet.start() + PSEUDO_FIXED;
        Arrays.fill(packet.array(), start, start + padding, NOP);
    }

    /** Puts the inner header before a payload, with the selector's addresses and the rest of {@code outer}. */
    static boolean restore(PacketBuffer payload, byte[] outer, Selector selector, int nextHeader) {
        if (selector.family() == Family.UNSPEC) {
            return false;
        }
        boolean v4 = selector.family() == Family.INET;
        int protocol = nextHeader;
        int options = 0;
        if (v4 && nextHeader == PSEUDO_PROTOCOL) {
            protocol = payload.length() == 0 ? 0 : payload.u8(0);
            options = unwrapOptions(payload);
            if (options < 0) {
                return false;
            }
        }
        Fields.of(outer, 0).prepend(payload, v4, protocol);
        if (v4) {
            // As in the kernel, a claim of more options than a header can have is the IP layer's to refuse.
            payload.u8(0, 4 << 4 | (5 + options / 4 & 0xf));
            payload.u16(2, payload.length());
        }
        IpHeader.read(payload).ifPresent(inner -> {
            inner.source(selector.source().address());
            inner.destination(selector.destination().address());
            inner.finish(payload.length());
        });
        return true;
    }

    /** Takes the pseudo header off; the length of the options that follow, or -1. */
    private static int unwrapOptions(PacketBuffer payload) {
        if (payload.length() < PSEUDO_FIXED) {
            return -1;
        }
        int own = PSEUDO_FIXED + payload.u8(2);
        int options = payload.u8(1) * 8 + PSEUDO_LONGEST - own;
        if (options < 0 || (options & 3) != 0 || options > LONGEST_OPTIONS || own > payload.length()) {
            return -1;
        }
        payload.dropFront(own);
        return options;
    }

    /** What the two headers share, under the names of both families ({@code XFRM_MODE_SKB_CB}). */
    private record Fields(int trafficClass, int hopLimit, int identification, int fragment, int flowLabel) {
        static Fields of(byte[] header, int at) {
            int first = i32(header, at);
            int second = i32(header, at + 4);
            if (first >>> 28 == 4) {
                return new Fields(first >> 16 & 0xff, header[at + 8] & 0xff, second >>> 16, second & 0xffff, 0);
            }
            return new Fields(first >> 20 & 0xff, second & 0xff, 0, DONT_FRAGMENT, first & 0xfffff);
        }

        private static int i32(byte[] bytes, int at) {
            return bytes[at] << 24
                    | (bytes[at + 1] & 0xff) << 16
                    | (bytes[at + 2] & 0xff) << 8
                    | (bytes[at + 3] & 0xff);
        }

        /** A header without addresses; on IPv4 without checksum. */
        void prepend(PacketBuffer payload, boolean v4, int protocol) {
            payload.addFront(v4 ? V4 : V6);
            if (v4) {
                payload.u16(0, 0x4500 | trafficClass);
                payload.u16(2, payload.length());
                payload.u16(4, identification);
                payload.u16(6, fragment);
                payload.u8(8, hopLimit);
                payload.u8(9, protocol);
                payload.u16(10, 0);
            } else {
                payload.i32(0, 6 << 28 | trafficClass << 20 | flowLabel);
                payload.u16(4, payload.length() - V6);
                payload.u8(Ipv6Header.NEXT_HEADER, protocol);
                payload.u8(7, hopLimit);
            }
        }
    }
}
