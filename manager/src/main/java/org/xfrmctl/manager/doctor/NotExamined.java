package org.xfrmctl.manager.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.XfrmState;

/** What could not be looked at, and what that hides. */
final class NotExamined implements Rule {
    /** Something that no rule has seen; {@code hidden} names the rules that it silences. */
    private record Gap(String what, String because, String hidden) {}

    private static final String FIREWALL_RULES = "firewall, icmp-errors-dropped";

    @Override
    public Set<String> names() {
        return Set.of(Doctor.NOT_EXAMINED);
    }

    @Override
    public List<Finding> look(Facts facts) {
        List<Gap> gaps = facts.tables().equals(Snapshot.EMPTY) ? List.of() : gaps(facts);
        return gaps.isEmpty() ? List.of() : List.of(finding(gaps));
    }

    private static List<Gap> gaps(Facts facts) {
        Facts.Network network = facts.network();
        List<Gap> gaps = new ArrayList<>();
        long sub = facts.tables().policies().stream()
                .filter(policy -> policy.type().filter(PolicyType.SUB::equals).isPresent())
                .count();
        if (sub != 0) {
            gaps.add(new Gap(
                    "sub policies",
                    "there are " + sub + " (ip xfrm policy list ptype sub), each beside a main one",
                    "all of what they block, or add to main policies"));
        }
        if (facts.counters().isEmpty()) {
            gaps.add(new Gap(
                    "counters",
                    "no /proc/net/xfrm_stat (CONFIG_XFRM_STATISTICS)",
                    "which packets are dropped now: counter"));
        }
        if (network.links().isEmpty() && network.own().isEmpty()) {
            gaps.add(new Gap(
                    "links and addresses",
                    "this kernel tells none",
                    "disable-policy, disable-xfrm, and which states are inbound: replay-off, replay-small, firewall"));
        } else if (network.paths().isEmpty() && facts.states().stream().anyMatch(state -> isSent(state, facts))) {
            gaps.add(new Gap("routes to peers", "none was found, or saved", "learnt-mtu, small-mtu"));
        }
        if (network.sysctls().isEmpty()) {
            gaps.add(new Gap(
                    "settings", "no /proc/sys/net", "disable-policy, disable-xfrm, no-pmtu-discovery, missing-fwd"));
        }
        Facts.Filters filters = network.filters();
        if (filters.nftables().isEmpty()) {
            gaps.add(new Gap("the firewall", "nft is missing, or was refused", FIREWALL_RULES));
        } else if (filters.legacy().isEmpty()) {
            gaps.add(new Gap(
                    "iptables-legacy",
                    "/proc/net/ip_tables_names or ip6_tables_names could not be read, or was not saved",
                    FIREWALL_RULES));
        }
        List<String> legacy = filters.legacy().orElse(List.of());
        if (!legacy.isEmpty()) {
            gaps.add(new Gap(
                    "iptables-legacy",
                    "nft shows nothing of " + String.join(", ", legacy)
                            + "; \"iptables-legacy-save -c\" and \"ip6tables-legacy-save -c\" do",
                    FIREWALL_RULES));
        }
        boolean encapsulates = facts.states().stream()
                .anyMatch(state -> state.options().encap().isPresent());
        if (encapsulates && network.sockets().udpPorts().isEmpty()) {
            gaps.add(new Gap("UDP sockets", "no /proc/net/udp", "encap-port"));
        }
        return gaps;
    }

    private static boolean isSent(XfrmState state, Facts facts) {
        return facts.network().own().contains(state.source());
    }

    private static Finding finding(List<Gap> gaps) {
        return new Finding(
                Severity.NOTE,
                Doctor.NOT_EXAMINED,
                "not looked at: " + gaps.stream().map(Gap::what).collect(Collectors.joining(", ")),
                gaps.stream()
                        .map(gap -> gap.what() + ": " + gap.because() + "; hidden: " + gap.hidden())
                        .toList(),
                "Nothing is said of what was not seen: that no finding is about it does not mean that it is well.",
                List.of(Finding.Fix.advice(
                        "Run it as root, where nft is installed, on a kernel that has what is named.")));
    }
}
