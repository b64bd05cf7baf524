package org.xfrmctl.manager.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;

/** A pair of gateways between which some connections compress and others do not. */
final class MixedCompression implements Rule {
    private record Pair(IpAddress source, IpAddress destination) {}

    @Override
    public Set<String> names() {
        return Set.of("mixed-ipcomp");
    }

    @Override
    public List<Finding> look(Facts facts) {
        Map<Pair, List<XfrmPolicy>> byPair = new LinkedHashMap<>();
        facts.protecting(Direction.IN, Direction.OUT)
                .forEach(policy -> policy.templates().stream()
                        .filter(template -> template.mode().equals(Mode.TUNNEL))
                        .map(template -> new Pair(template.source(), template.destination()))
                        .distinct()
                        .forEach(pair -> byPair.computeIfAbsent(pair, each -> new ArrayList<>())
                                .add(policy)));
        List<Finding> found = new ArrayList<>();
        byPair.forEach((pair, policies) -> {
            List<XfrmPolicy> compressing =
                    policies.stream().filter(MixedCompression::compresses).toList();
            if (!compressing.isEmpty() && compressing.size() < policies.size()) {
                found.add(finding(pair, policies));
            }
        });
        return found;
    }

    private static boolean compresses(XfrmPolicy policy) {
        return policy.templates().stream().map(Template::protocol).anyMatch(IpProtocol.COMP::equals);
    }

    private static Finding finding(Pair pair, List<XfrmPolicy> policies) {
        return new Finding(
                Severity.NOTE,
                "mixed-ipcomp",
                "from " + pair.source() + " to " + pair.destination()
                        + " some connections are compressed and others are not",
                policies.stream().map(IpCommands::line).toList(),
                "All IPComp tunnels between two gateways share one IPIP state for what is sent as it was (ipcomp_tunnel_attach())."
                        + " Its counters are of all of them together, and both ends must agree on which connection compresses.",
                List.of(Finding.Fix.advice(
                        "Nothing, if both ends have it so; else give all of them the same \"ipcomp\".")));
    }
}
