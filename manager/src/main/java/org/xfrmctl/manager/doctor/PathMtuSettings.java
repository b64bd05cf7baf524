package org.xfrmctl.manager.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.XfrmState;

/** What keeps long packets from getting through, as far as one host can tell. */
final class PathMtuSettings implements Rule {
    private static final String NO_DISCOVERY = "net/ipv4/ip_no_pmtu_disc";
    private static final String PROBING = "net/ipv4/tcp_mtu_probing";

    @Override
    public Set<String> names() {
        return Set.of("no-pmtu-discovery");
    }

    @Override
    public List<Finding> look(Facts facts) {
        if (facts.states().isEmpty()) {
            return List.of();
        }
        List<Finding> found = new ArrayList<>();
        int mode = facts.network().sysctl(NO_DISCOVERY);
        if (mode != 0) {
            found.add(noDiscovery(mode, facts));
        }
        return found;
    }

    private static Finding noDiscovery(int mode, Facts facts) {
        List<String> evidence = new ArrayList<>(List.of("net.ipv4.ip_no_pmtu_disc = " + mode));
        facts.states().stream()
                .filter(PathMtuSettings::clearsDf)
                .forEach(state -> evidence.add(IpCommands.line(state) + " flag nopmtudisc"));
        if (facts.network().sysctl(PROBING) != 0) {
            evidence.add("net.ipv4.tcp_mtu_probing = " + facts.network().sysctl(PROBING));
        }
        return new Finding(
                Severity.WARNING,
                "no-pmtu-discovery",
                "this host does not look for the MTU of paths",
                evidence,
                "States that are made while net.ipv4.ip_no_pmtu_disc is set have nopmtudisc (xfrm_init_state()): their packets are"
                        + " fragmented on the way, and are lost where fragments are.",
                List.of(
                        Finding.Fix.command("sysctl -w net.ipv4.ip_no_pmtu_disc=0"),
                        Finding.Fix.advice("States that have the flag keep it until they are made anew.")));
    }

    private static boolean clearsDf(XfrmState state) {
        return state.flags().has(StateFlag.NOPMTUDISC) && state.mode().equals(Mode.TUNNEL);
    }
}
