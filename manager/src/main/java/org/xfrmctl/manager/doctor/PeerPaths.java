package org.xfrmctl.manager.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.mtu.MtuSum;

/** What routers have told of the ways to peers, and tunnels that leave IPv6 less than it must have. */
final class PeerPaths implements Rule {
    /** What every host of IPv4 takes (RFC 791, section 3.1): a way that takes less is rare, and a forged report is not. */
    private static final int LEAST_V4 = 576;

    private static final int LEAST_V6 = 1280;

    @Override
    public Set<String> names() {
        return Set.of("learnt-mtu", "small-mtu");
    }

    @Override
    public List<Finding> look(Facts facts) {
        List<Finding> found = new ArrayList<>();
        facts.network().paths().stream()
                .filter(path -> path.learnt() && path.mtu() < path.linkMtu())
                .map(PeerPaths::learnt)
                .forEach(found::add);
        Ties ties = new Ties(facts.states(), Stream.of());
        facts.protecting(Direction.OUT)
                .filter(policy -> policy.selector().family() == Family.INET6)
                .forEach(policy -> small(policy, ties, facts).ifPresent(found::add));
        return found;
    }

    private static Finding learnt(PeerPath path) {
        boolean doubtful = path.mtu() < (path.destination().family() == Family.INET6 ? LEAST_V6 : LEAST_V4);
        String mark = path.mark() == 0 ? "" : " mark 0x" + Integer.toHexString(path.mark());
        return new Finding(
                doubtful ? Severity.WARNING : Severity.NOTE,
                "learnt-mtu",
                "packets to " + path.destination() + " are kept to " + path.mtu() + " bytes, for a router has said so",
                List.of(
                        "ip route get " + path.destination() + " from " + path.source() + mark + ": mtu " + path.mtu()
                                + " expires",
                        "the link takes " + path.linkMtu()),
                "Each tunnel to there takes less than its link would let it (RFC 1191, RFC 8201). "
                        + (doubtful
                                ? "Hardly a link is as narrow as that: somebody may have forged the report."
                                : "That is how it should be, if the way is so narrow; it is forgotten after 10 minutes."),
                List.of(
                        Finding.Fix.command(
                                path.destination().family() == Family.INET6
                                        ? "ip -6 route flush cache"
                                        : "ip route flush cache"),
                        Finding.Fix.advice(
                                "If it comes again, the way is so narrow: \"xfrmctl mtu probe\" measures it, \"mtu\" and"
                                        + " \"mss\" in the child keep to it.")));
    }

    private static Optional<Finding> small(XfrmPolicy policy, Ties ties, Facts facts) {
        List<XfrmState> states = chain(policy, ties);
        return states.isEmpty()
                ? Optional.empty()
                : path(states.get(states.size() - 1), facts)
                        .filter(path -> MtuSum.of(states, path.mtu()).left() < LEAST_V6)
                        .map(path -> small(policy, path, MtuSum.of(states, path.mtu())));
    }

    /** The states of its templates, the inner ones first; none unless each has one. */
    private static List<XfrmState> chain(XfrmPolicy policy, Ties ties) {
        List<XfrmState> chain = policy.templates().stream()
                .flatMap(template -> ties.state(policy, template).stream())
                .toList();
        return chain.size() == policy.templates().size() ? chain : List.of();
    }

    private static Optional<PeerPath> path(XfrmState outermost, Facts facts) {
        return facts.network().paths().stream()
                .filter(path -> path.destination().equals(outermost.id().destination())
                        && path.source().equals(outermost.source()))
                .findFirst();
    }

    private static Finding small(XfrmPolicy policy, PeerPath path, MtuSum sum) {
        return new Finding(
                Severity.NOTE,
                "small-mtu",
                "the tunnel for " + policy.selector().destination() + " leaves IPv6 " + sum.left()
                        + " bytes, less than " + LEAST_V6,
                Stream.of(
                                "the way to " + path.destination() + " takes " + path.mtu() + " bytes",
                                IpCommands.line(policy))
                        .toList(),
                "Every link of IPv6 must take 1280 bytes (RFC 8200, section 5), and no sender is told less: such packets are cut"
                        + " into fragments behind ESP, and are lost where fragments are.",
                List.of(Finding.Fix.advice("A way of " + sum.pathFor(LEAST_V6)
                        + " bytes, or \"mss\" in the child, which keeps TCP to" + " what fits.")));
    }
}
