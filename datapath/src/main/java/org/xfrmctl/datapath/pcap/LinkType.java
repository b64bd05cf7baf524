package org.xfrmctl.datapath.pcap;

import java.util.Optional;

/** The link headers understood here, by their LINKTYPE number, and where the IP packet begins behind each. */
enum LinkType {
    ETHERNET(1),
    RAW(101),
    LINUX_SLL(113),
    LINUX_SLL2(276);

    private static final int IPV4 = 0x0800;
    private static final int IPV6 = 0x86dd;
    private static final int VLAN = 0x8100;
    private static final int SERVICE_VLAN = 0x88a8;

    private final int number;

    LinkType(int number) {
        this.number = number;
    }

    static Optional<LinkType> of(int number) {
        for (LinkType type : values()) {
            if (type.number == number) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    int number() {
        return number;
    }

    /** Offset of the IP packet in a frame; -1 if it carries something else or is cut off before. */
    int ipOffset(byte[] frame) {
        return switch (this) {
            case RAW -> frame.length > 0 && isIpVersion(frame[0] >> 4 & 0xf) ? 0 : -1;
            case ETHERNET -> behindEtherType(frame, 12, 14);
            case LINUX_SLL -> behindEtherType(frame, 14, 16);
            case LINUX_SLL2 -> behindEtherType(frame, 0, 20);
        };
    }

    private static int behindEtherType(byte[] frame, int typeOffset, int headerLength) {
        int at = typeOffset;
        int end = headerLength;
        while (frame.length >= end) {
            int type = (frame[at] & 0xff) << 8 | (frame[at + 1] & 0xff);
            if (type == IPV4 || type == IPV6) {
                return end;
            }
            if (type != VLAN && type != SERVICE_VLAN) {
                return -1;
            }
            // IEEE 802.1Q: two bytes of tag, then the next type.
            at = end + 2;
            end += 4;
        }
        return -1;
    }

    private static boolean isIpVersion(int version) {
        return version == 4 || version == 6;
    }
}
