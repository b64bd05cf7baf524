package org.xfrmctl.cli.render;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.xfrmctl.datapath.explain.Explanation.Cause;
import org.xfrmctl.datapath.explain.Explanation.NotMet;
import org.xfrmctl.datapath.explain.Explanation.Way;
import org.xfrmctl.datapath.explain.Question;
import org.xfrmctl.datapath.explain.Rises;
import org.xfrmctl.datapath.wire.Flow;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmCounter;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/** The things of an explanation in few words. */
final class ExplainWords {
    private ExplainWords() {}

    static String of(Question question) {
        Flow flow = question.flow();
        String ports = switch (flow.protocol()) {
            case 1, 58 -> " type " + flow.sourcePort() + " code " + flow.destinationPort();
            case 6, 17, 33, 132, 136 -> " " + flow.sourcePort() + ":" + flow.destinationPort();
            default -> "";
        };
        return flow.source() + " > " + flow.destination() + ", " + protocol(flow.protocol()) + ports + ", "
                + question.size() + " bytes" + (question.whole() ? ", not to be fragmented" : "");
    }

    static String protocol(int number) {
        return switch (number) {
            case 1 -> "icmp";
            case 4 -> "IP in IP (4)";
            case 6 -> "tcp";
            case 17 -> "udp";
            case 41 -> "IPv6 in IP (41)";
            case 47 -> "gre";
            case 50 -> "ESP";
            case 51 -> "AH";
            case 58 -> "icmpv6";
            case 108 -> "IPComp";
            case 132 -> "sctp";
            case 136 -> "udplite";
            default -> "protocol " + number;
        };
    }

    static String of(XfrmPolicy policy) {
        String selector = policy.key().toString().replaceFirst("^sel ", "");
        return selector + " priority " + Integer.toUnsignedString(policy.priority()) + " index "
                + Integer.toUnsignedString(policy.index()) + ", " + policy.action();
    }

    static String of(Template template) {
        boolean anywhere = template.source().isAny() && template.destination().isAny();
        return template.protocol() + " " + template.mode()
                + (anywhere ? "" : " " + template.source() + " > " + template.destination())
                + (template.id().spi().bits() == 0
                        ? ""
                        : " spi " + template.id().spi()) + " reqid " + template.reqid()
                + " level " + template.level();
    }

    /** {@code esp 0xc1000001}. */
    static String brief(XfrmState state) {
        return state.isImplied()
                ? "the kernel's own IPIP state"
                : state.id().protocol() + " 0x"
                        + Integer.toHexString(state.id().spi().bits());
    }

    static String of(XfrmState state) {
        return brief(state) + " " + state.mode() + " " + state.source() + " > "
                + state.id().destination() + " reqid " + state.reqid();
    }

    static String chain(Way way) {
        if (way.chain().isEmpty()) {
            return "in clear";
        }
        String states = way.chain().stream().map(ExplainWords::brief).collect(Collectors.joining(", in it "));
        return switch (way.form()) {
            case PLAIN -> states;
            case COMPRESSED -> states + ", compressed";
            case UNCOMPRESSED -> states + ", uncompressed";
        };
    }

    static String of(Optional<XfrmCounter> counter) {
        return counter.map(XfrmCounter::toString).orElse("no counter of xfrm_stat rises");
    }

    static String of(Cause cause) {
        if (cause instanceof Cause.Unmet unmet) {
            return "nothing meets " + of(unmet.template()) + of(unmet.by());
        } else if (cause instanceof Cause.LeftOver left) {
            return "no template asks for the tunnel " + of(left.tunnel());
        } else if (cause instanceof Cause.Uncovered uncovered) {
            return "the selector of " + of(uncovered.state()) + " is not for such packets";
        } else if (cause instanceof Cause.NoPolicy) {
            return "it came through a tunnel, and no policy is for it";
        } else if (cause instanceof Cause.TooDeep) {
            return "the policy has more templates than a packet can pass";
        } else if (cause instanceof Cause.Datagram) {
            return "the policy refuses the UDP datagram that ESP is in, before ESP is looked at";
        }
        return cause instanceof Cause.OnTheWay
                ? "a state is missing, or does not take the packet"
                : "the policy, or the default, blocks it";
    }

    private static String of(List<NotMet> states) {
        return states.isEmpty()
                ? ": it came through no state"
                : states.stream()
                        .map(each -> brief(each.state()) + " does not: "
                                + each.mismatch().map(Object::toString).orElse("a tunnel before it is not asked for"))
                        .collect(Collectors.joining("; ", ": ", ""));
    }

    static String of(Rises.OfState rise) {
        return packets(rise) + ", " + rise.bytes() + " bytes"
                + (rise.errors() == 0 ? "" : ", " + rise.errors() + " in its own statistics");
    }

    static String packets(Rises.OfState rise) {
        return brief(rise.state()) + ": " + rise.packets() + (rise.packets() == 1 ? " packet" : " packets");
    }

    static boolean isCompression(XfrmState state) {
        return state.id().protocol().equals(IpProtocol.COMP);
    }
}
