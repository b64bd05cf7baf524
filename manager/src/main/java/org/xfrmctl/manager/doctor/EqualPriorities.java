package org.xfrmctl.manager.doctor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.xfrmctl.manager.compile.PolicyOverlap;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.XfrmPolicy;

/** Policies about the same packets of which nobody said which comes first. */
final class EqualPriorities implements Rule {
    @Override
    public Set<String> names() {
        return Set.of("equal-priority");
    }

    @Override
    public List<Finding> look(Facts facts) {
        List<XfrmPolicy> policies =
                facts.policies(Direction.IN, Direction.FWD, Direction.OUT).toList();
        PolicyOverlap overlap = new PolicyOverlap(policies);
        Set<Set<PolicyKey>> seen = new HashSet<>();
        List<Finding> found = new ArrayList<>();
        for (XfrmPolicy policy : policies) {
            for (XfrmPolicy other : overlap.with(policy)) {
                boolean differ = !policy.key().equals(other.key())
                        && policy.priority() == other.priority()
                        && !(policy.templates().equals(other.templates()) && policy.action() == other.action());
                if (differ && seen.add(Set.of(policy.key(), other.key()))) {
                    found.add(finding(policy, other));
                }
            }
        }
        return found;
    }

    private static Finding finding(XfrmPolicy one, XfrmPolicy other) {
        boolean first = width(one.selector()) >= width(other.selector());
        XfrmPolicy narrow = first ? one : other;
        XfrmPolicy wide = first ? other : one;
        return new Finding(
                Severity.WARNING,
                "equal-priority",
                "two " + one.direction() + " policies of the same priority are about the same packets: "
                        + narrow.selector() + " and " + wide.selector(),
                List.of(IpCommands.line(narrow), IpCommands.line(wide)),
                "Among policies of equal priority the older one wins, whatever their selectors (xfrm_policy_match()): after a"
                        + " restart it may be the other.",
                List.of(fix(narrow, wide)));
    }

    private static Finding.Fix fix(XfrmPolicy narrow, XfrmPolicy wide) {
        if (IpCommands.isOurs(narrow)) {
            return Finding.Fix.advice("Give one of the children another \"priority\".");
        }
        if (width(narrow.selector()) == width(wide.selector())) {
            return Finding.Fix.advice("Give the one that is to come first a lower priority.");
        }
        return narrow.priority() == 0
                ? IpCommands.update(wide.toBuilder().priority(1).build())
                : IpCommands.update(
                        narrow.toBuilder().priority(narrow.priority() - 1).build());
    }

    /** The more bits are fixed, the narrower. */
    private static int width(Selector selector) {
        return selector.source().length()
                + selector.destination().length()
                + (selector.proto().equals(IpProtocol.ANY) ? 0 : 8)
                + Integer.bitCount(selector.sourcePort().mask())
                + Integer.bitCount(selector.destinationPort().mask());
    }
}
