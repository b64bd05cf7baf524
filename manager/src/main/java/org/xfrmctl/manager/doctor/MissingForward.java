package org.xfrmctl.manager.doctor;

import java.util.List;
import java.util.Set;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.XfrmPolicy;

/** Tunnels to a network behind this host whose packets are not let through. */
final class MissingForward implements Rule {
    @Override
    public Set<String> names() {
        return Set.of("missing-fwd");
    }

    @Override
    public List<Finding> look(Facts facts) {
        return facts.protecting(Direction.IN)
                .filter(policy ->
                        policy.templates().stream().anyMatch(each -> each.mode().equals(Mode.TUNNEL)))
                .filter(policy -> facts.network().forwards(policy.selector().family()))
                .filter(policy -> !isAboutThisHost(policy, facts))
                .filter(policy -> facts.policies(Direction.FWD).noneMatch(other -> covers(other, policy)))
                .map(MissingForward::finding)
                .toList();
    }

    /** A network of one address that is the host's own: nothing is passed on. */
    private static boolean isAboutThisHost(XfrmPolicy policy, Facts facts) {
        var destination = policy.selector().destination();
        return destination.length() == 8 * destination.family().bytes()
                && (facts.network().own().isEmpty() || facts.network().own().contains(destination.address()));
    }

    private static boolean covers(XfrmPolicy forward, XfrmPolicy in) {
        return forward.ifId().equals(in.ifId())
                && within(in.selector().source(), forward.selector().source())
                && within(in.selector().destination(), forward.selector().destination());
    }

    private static boolean within(IpPrefix inner, IpPrefix outer) {
        return inner.family() == outer.family() && inner.length() >= outer.length() && outer.contains(inner.address());
    }

    private static Finding finding(XfrmPolicy policy) {
        XfrmPolicy forward = XfrmPolicy.builder(policy.selector(), Direction.FWD)
                .priority(policy.priority())
                .mark(policy.mark())
                .ifId(policy.ifId())
                .templates(policy.templates().stream()
                        .map(template -> template.protocol().equals(IpProtocol.COMP)
                                ? template
                                : template.withLevel(Level.REQUIRED))
                        .toList())
                .build();
        return new Finding(
                Severity.ERROR,
                "missing-fwd",
                "what comes through the tunnel for " + policy.selector().destination()
                        + " is not passed on: no fwd policy",
                List.of(IpCommands.line(policy), "net.ipv4.ip_forward or its like is on: this host is a router"),
                "Packets that came out of a tunnel need a policy that they may (RFC 4301, section 5.2); what is passed on is"
                        + " asked for in fwd and not in in, and without one XfrmInNoPols counts it.",
                List.of(
                        IpCommands.isOurs(policy)
                                ? Finding.Fix.advice("\"xfrmctl up\" puts it back.")
                                : IpCommands.add(forward)));
    }
}
