package org.xfrmctl.manager.doctor;

import java.util.ArrayList;
import java.util.List;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.XfrmPolicy;

/** Settings of links that switch policies off or drop what comes out of tunnels. */
final class DeviceSettings implements Rule {
    private static final int STRICT = 1;

    @Override
    public List<Finding> look(Facts facts) {
        List<Finding> found = new ArrayList<>();
        if (facts.protecting(Direction.IN, Direction.FWD, Direction.OUT)
                .findAny()
                .isEmpty()) {
            return found;
        }
        for (String link : facts.network().links()) {
            if (facts.network().sysctl(file("ipv4", link, "disable_policy")) != 0) {
                found.add(disabledPolicy("ipv4", link));
            }
            if (facts.network().sysctl(file("ipv6", link, "disable_policy")) != 0) {
                found.add(disabledPolicy("ipv6", link));
            }
            if (facts.network().sysctl(file("ipv4", link, "disable_xfrm")) != 0) {
                found.add(disabledXfrm(link));
            }
            reversePath(facts, link, found);
        }
        return found;
    }

    private static String file(String family, String link, String setting) {
        return "net/" + family + "/conf/" + link + "/" + setting;
    }

    /** What {@code sysctl} takes: the dots of a link's name become slashes. */
    private static String set(String file, int value) {
        return "sysctl -w " + file + "=" + value;
    }

    private static Finding disabledPolicy(String family, String link) {
        String file = file(family, link, "disable_policy");
        return new Finding(
                Severity.ERROR,
                "disable-policy",
                "clear text that comes in by " + link + " is not held against any policy",
                List.of(file + " = 1"),
                "disable_policy takes the policy check from all that a link receives (Documentation/networking/ip-sysctl.rst).",
                List.of(Finding.Fix.command(set(file, 0))));
    }

    private static Finding disabledXfrm(String link) {
        String file = file("ipv4", link, "disable_xfrm");
        return new Finding(
                Severity.ERROR,
                "disable-xfrm",
                "nothing that leaves by " + link + " is encrypted",
                List.of(file + " = 1"),
                "disable_xfrm takes outbound policies from all routes of a link: their packets go in clear"
                        + " (Documentation/networking/ip-sysctl.rst).",
                List.of(Finding.Fix.command(set(file, 0))));
    }

    /** A source that would be answered by another link is taken for forged: so are those of a tunnel's inner packets. */
    private static void reversePath(Facts facts, String link, List<Finding> found) {
        int mode = Math.max(
                facts.network().sysctl(file("ipv4", "all", "rp_filter")),
                facts.network().sysctl(file("ipv4", link, "rp_filter")));
        if (mode != STRICT) {
            return;
        }
        facts.protecting(Direction.IN, Direction.FWD)
                .filter(policy -> policy.selector().family() == Family.INET
                        && policy.ifId().bits() == 0)
                .filter(policy -> comesBy(facts, policy, link) && answersGoElsewhere(facts, policy, link))
                .findFirst()
                .ifPresent(policy -> found.add(new Finding(
                        Severity.ERROR,
                        "rp-filter",
                        "what comes out of a tunnel by " + link + " from "
                                + policy.selector().source() + " is taken for forged",
                        List.of(
                                IpCommands.line(policy),
                                "rp_filter of " + link + " = 1",
                                policy.selector().source() + " is routed to "
                                        + facts.network()
                                                .exit(policy.selector().source().address())
                                                .orElse("no link")),
                        "rp_filter 1 drops packets whose source is not routed to the link they came by (RFC 3704); the inner packet of"
                                + " a tunnel comes by the link of its outer one.",
                        List.of(
                                Finding.Fix.command("sysctl -w " + file("ipv4", link, "rp_filter")
                                        + "=2 net/ipv4/conf/all/rp_filter=0"),
                                Finding.Fix.advice("Or a route to that network by " + link + ".")))));
    }

    private static boolean comesBy(Facts facts, XfrmPolicy policy, String link) {
        return policy.templates().stream()
                .filter(template -> template.mode().equals(Mode.TUNNEL))
                .anyMatch(template -> facts.network()
                        .exit(template.source())
                        .filter(link::equals)
                        .isPresent());
    }

    private static boolean answersGoElsewhere(Facts facts, XfrmPolicy policy, String link) {
        return facts.network()
                .exit(policy.selector().source().address())
                .filter(exit -> !exit.equals(link))
                .isPresent();
    }
}
