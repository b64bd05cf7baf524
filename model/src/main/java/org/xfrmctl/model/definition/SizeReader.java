package org.xfrmctl.model.definition;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpProtocol;

/** Reads {@code mtu} and {@code mss} of a child. */
final class SizeReader {
    // RFC 791, section 3.2; RFC 8200, section 5.
    private static final int LEAST_V4 = 68;
    private static final int LEAST_V6 = 1280;
    private static final int MOST = 65_535;
    // net/ipv4/tcp_output.c: no host of Linux sends segments of less than 48 bytes with their options
    // (net.ipv4.tcp_min_snd_mss).
    private static final int LEAST_MSS = 48;
    private static final int MOST_MSS = MOST - 40;
    private static final String MSS = "allowed are auto (what the ways of both directions leave), no, and " + LEAST_MSS
            + " to " + MOST_MSS + " bytes";

    private final Problems problems;

    SizeReader(Problems problems) {
        this.problems = problems;
    }

    /** Without selectors (they could not be read) the values are still checked as far as they go. */
    SizeOptions read(Section section, Optional<Traffic> traffic) {
        List<TrafficSelector> local = traffic.map(Traffic::local).orElse(List.of());
        boolean carriesV6 = local.stream().anyMatch(ts -> ts.prefix().family() == Family.INET6);
        Optional<Integer> mtu = section.optional("mtu", node -> mtu(node, carriesV6));
        if (section.node("mtu").isPresent() && section.node("interface").isPresent()) {
            problems.add(
                    section.placeOf("mtu"),
                    "the child has an interface, and what is routed there goes by the interface's own MTU; write"
                            + " \"mtu\" there");
        }
        SizeOptions.Mss mss = section.orElse("mss", SizeOptions.Mss.none(), SizeReader::mss);
        if (!mss.equals(SizeOptions.Mss.none())
                && !local.isEmpty()
                && local.stream().noneMatch(SizeReader::isAboutTcp)) {
            problems.add(
                    section.placeOf("mss"),
                    "only TCP has an MSS, and local_ts is about other protocols; remove \"mss\"");
        }
        return new SizeOptions(mtu.map(OptionalInt::of).orElse(OptionalInt.empty()), mss);
    }

    private static int mtu(Node node, boolean carriesV6) {
        int least = carriesV6 ? LEAST_V6 : LEAST_V4;
        return (int) Scalars.number(
                node,
                least,
                MOST,
                "allowed are " + least + " to " + MOST + " bytes" + (carriesV6 ? ", for the child carries IPv6" : ""));
    }

    private static SizeOptions.Mss mss(Node node) {
        return switch (Scalars.text(node, MSS)) {
            case "auto" -> SizeOptions.Mss.auto();
            case "no", "false" -> SizeOptions.Mss.none();
            default -> new SizeOptions.Mss.Fixed((int) Scalars.number(node, LEAST_MSS, MOST_MSS, MSS));
        };
    }

    private static boolean isAboutTcp(TrafficSelector selector) {
        return selector.proto().equals(IpProtocol.ANY) || selector.proto().equals(IpProtocol.TCP);
    }
}
