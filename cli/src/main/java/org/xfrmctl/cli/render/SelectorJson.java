package org.xfrmctl.cli.render;

import java.util.Map;
import java.util.Optional;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.PortMatch;
import org.xfrmctl.model.Selector;

/**
 * Which packets a state or policy is for: {@code {"src", "dst", "proto", "sport", "dport", "ifindex", "uid"}}. What
 * matches everything is left out. As in {@code ip xfrm}, the ports of some protocols have their own names.
 */
final class SelectorJson {
    private static final int ICMP = 1;
    private static final int GRE = 47;
    private static final int ICMPV6 = 58;
    private static final int MH = 135;

    private SelectorJson() {}

    static Map<String, Object> of(Selector selector) {
        return Json.join(
                Json.object(
                        "src", prefix(selector.source()),
                        "dst", prefix(selector.destination()),
                        "proto", Json.unlessZero(selector.proto().number())),
                ports(selector),
                Json.object(
                        "ifindex", Json.unlessZero(selector.binding().ifindex()),
                        "uid", Json.unlessZero(selector.binding().user())));
    }

    /** A selector for every family needs no addresses; what there is of one all the same has no notation. */
    private static Optional<String> prefix(IpPrefix prefix) {
        return prefix.equals(IpPrefix.any(Family.UNSPEC)) ? Optional.empty() : Optional.of(prefix.toString());
    }

    private static Map<String, Object> ports(Selector selector) {
        PortMatch source = selector.sourcePort();
        PortMatch destination = selector.destinationPort();
        return switch (selector.proto().number()) {
            case ICMP, ICMPV6 -> Json.join(port("type", source), port("code", destination));
            case MH -> Json.join(port("type", source), port("dport", destination));
            // GRE has a 32-bit key where others have two ports.
            case GRE ->
                match(
                        "key",
                        source.port() << 16 | destination.port(),
                        source.mask() << 16 | destination.mask(),
                        0xffffffff);
            default -> Json.join(port("sport", source), port("dport", destination));
        };
    }

    private static Map<String, Object> port(String name, PortMatch match) {
        return match(name, match.port(), match.mask(), 0xffff);
    }

    /** Without a mask in the output, the whole number is compared. */
    private static Map<String, Object> match(String name, int value, int mask, int whole) {
        boolean matters = (value | mask) != 0;
        return Json.object(
                name,
                matters ? Optional.of(Json.unsigned(value)) : Optional.empty(),
                name + "_mask",
                matters && mask != whole ? Optional.of(Json.hex(mask)) : Optional.empty());
    }
}
