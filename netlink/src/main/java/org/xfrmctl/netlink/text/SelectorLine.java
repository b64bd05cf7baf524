package org.xfrmctl.netlink.text;

import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.PortMatch;
import org.xfrmctl.model.Selector;

/** A selector on one line. Without statistics the line ends with a space. */
final class SelectorLine {
    private SelectorLine() {}

    /** {@code family} is the owner's: it reads the addresses of a selector that has none. */
    static void print(TextPage page, Selector selector, Family family) {
        page.put("src ").put(prefix(selector.source(), family)).put(" dst ");
        page.put(prefix(selector.destination(), family)).put(" ");
        if (!selector.proto().equals(IpProtocol.ANY)) {
            page.put("proto ")
                    .put(page.options().protocolName().apply(selector.proto().number()))
                    .put(" ");
        }
        printPorts(page, selector);
        if (selector.binding().ifindex() != 0) {
            page.put("dev ")
                    .put(page.options().interfaceName().apply(selector.binding().ifindex()))
                    .put(" ");
        }
        if (page.statistics()) {
            page.put("uid ").unsigned(selector.binding().user());
        }
        page.newline();
    }

    private static String prefix(IpPrefix prefix, Family family) {
        if (prefix.family() != Family.UNSPEC) {
            return prefix.toString();
        }
        return IpAddress.any(family) + "/" + prefix.length();
    }

    private static void printPorts(TextPage page, Selector selector) {
        PortMatch source = selector.sourcePort();
        PortMatch destination = selector.destinationPort();
        switch (selector.proto().number()) {
            case 1, 58 -> {
                printIfMatched(page, "type ", source);
                printIfMatched(page, "code ", destination);
            }
            case 47 -> {
                // GRE has a 32-bit key where others have two ports.
                if ((source.mask() | destination.mask()) != 0) {
                    page.put("key ")
                            .unsigned(source.port() << 16 | destination.port())
                            .put(" ");
                }
            }
            case 135 -> {
                printIfMatched(page, "type ", source);
                if (destination.mask() != 0 && page.statistics()) {
                    page.put("(dport) 0x")
                            .put(TextPage.paddedTo8(Integer.toHexString(destination.port()))
                                    .substring(4))
                            .put(" ");
                }
            }
            default -> {
                printIfMatched(page, "sport ", source);
                printIfMatched(page, "dport ", destination);
            }
        }
    }

    private static void printIfMatched(TextPage page, String word, PortMatch match) {
        if (match.mask() != 0) {
            page.put(word).unsigned(match.port()).put(" ");
        }
    }
}
