package org.xfrmctl.manager.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.xfrmctl.model.Direction;

/**
 * Settings of links that switch policies off. {@code rp_filter} is none of them: what came through a state is exempt from it
 * ({@code fib_validate_source()}, {@code secpath_exists()}).
 */
final class DeviceSettings implements Rule {
    @Override
    public Set<String> names() {
        return Set.of("disable-policy", "disable-xfrm");
    }

    @Override
    public List<Finding> look(Facts facts) {
        List<Finding> found = new ArrayList<>();
        if (facts.protecting(Direction.IN, Direction.FWD, Direction.OUT)
                .findAny()
                .isEmpty()) {
            return found;
        }
        // The kernel takes the setting of a link or of all (IN_DEV_ORCONF); IPv6 goes by the link alone.
        List<String> links = new ArrayList<>(List.of("all"));
        links.addAll(facts.network().links());
        for (String link : links) {
            if (facts.network().sysctl(file("ipv4", link, "disable_policy")) != 0) {
                found.add(disabledPolicy("ipv4", link));
            }
            if (!link.equals("all") && facts.network().sysctl(file("ipv6", link, "disable_policy")) != 0) {
                found.add(disabledPolicy("ipv6", link));
            }
            if (facts.network().sysctl(file("ipv4", link, "disable_xfrm")) != 0) {
                found.add(disabledXfrm(link));
            }
        }
        return found;
    }

    private static String file(String family, String link, String setting) {
        return "net/" + family + "/conf/" + link + "/" + setting;
    }

    /** {@code sysctl} takes slashes, and a link's name may have dots. */
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
}
