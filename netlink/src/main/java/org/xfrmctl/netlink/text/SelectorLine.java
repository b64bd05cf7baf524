package org.xfrmctl.netlink.text;

import org.xfrmctl.netlink.struct.XfrmAddress;
import org.xfrmctl.netlink.uapi.XfrmSelector;

/** A selector on one line. Without statistics the line ends with a space. */
final class SelectorLine {
    private static final int ICMP = 1;
    private static final int GRE = 47;
    private static final int ICMPV6 = 58;
    private static final int MH = 135;

    private final TextPage page;
    private final MessageView message;

    SelectorLine(TextPage page, MessageView message) {
        this.page = page;
        this.message = message;
    }

    /** {@code owner} is the owner's family: it reads the addresses of a selector that has none. */
    void print(XfrmSelector selector, short owner) {
        int family = Short.toUnsignedInt(selector.family() == 0 ? owner : selector.family());
        prefix("src ", family, selector.saddr(), selector.prefixlenS());
        prefix("dst ", family, selector.daddr(), selector.prefixlenD());
        int protocol = Byte.toUnsignedInt(selector.proto());
        if (protocol != 0) {
            page.put("proto ")
                    .put(page.options().protocolName().apply(protocol))
                    .put(' ');
        }
        ports(selector, protocol);
        if (selector.ifindex() > 0) {
            page.put("dev ").interfaceName(selector.ifindex()).put(' ');
        }
        if (page.statistics()) {
            page.put("uid ").unsigned(selector.user());
        }
        page.newline();
    }

    private void prefix(String word, int family, XfrmAddress address, byte length) {
        page.put(word).address(family, address).put('/').unsigned(length).put(' ');
    }

    private void ports(XfrmSelector selector, int protocol) {
        boolean source = selector.sportMask() != 0;
        boolean destination = selector.dportMask() != 0;
        switch (protocol) {
            case ICMP, ICMPV6 -> {
                port("type ", source, selector.sport());
                port("code ", destination, selector.dport());
            }
            case GRE -> {
                // GRE has a 32-bit key where others have two ports.
                if (source || destination) {
                    page.put("key ")
                            .unsigned(selector.sport() << 16 | Short.toUnsignedInt(selector.dport()))
                            .put(' ');
                }
            }
            case MH -> {
                port("type ", source, selector.sport());
                // ip forgets to convert this one, so a little-endian host shows its bytes swapped.
                if (destination && page.statistics()) {
                    page.put("(dport) 0x")
                            .hex(message.unconverted(selector.dport()), 4)
                            .put(' ');
                }
            }
            default -> {
                port("sport ", source, selector.sport());
                port("dport ", destination, selector.dport());
            }
        }
    }

    private void port(String word, boolean matters, short port) {
        if (matters) {
            page.put(word).unsigned(port).put(' ');
        }
    }
}
