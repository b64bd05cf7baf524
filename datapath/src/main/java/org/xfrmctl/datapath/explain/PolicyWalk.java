package org.xfrmctl.datapath.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xfrmctl.datapath.engine.FlowKey;
import org.xfrmctl.datapath.engine.PolicyEntry;
import org.xfrmctl.datapath.engine.Walk;
import org.xfrmctl.datapath.engine.XfrmNamespace;
import org.xfrmctl.datapath.explain.PolicyChoice.PassedOver;
import org.xfrmctl.datapath.explain.PolicyChoice.Reason;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.XfrmPolicy;

/** Finds the policy for a flow as the engine does, and says of the others why they were not taken. */
final class PolicyWalk {
    private PolicyWalk() {}

    static PolicyChoice choose(XfrmNamespace namespace, Direction direction, FlowKey flow) {
        List<PolicyEntry> taken = taken(namespace, direction, flow);
        List<PassedOver> others = new ArrayList<>();
        Walk walk = new Walk(namespace);
        for (PolicyEntry policy : walk.covering(direction, flow)) {
            if (!taken.contains(policy)) {
                others.add(new PassedOver(policy.definition(), reason(policy.definition(), taken)));
            }
        }
        for (PolicyEntry policy : walk.nearly(direction, flow)) {
            others.add(new PassedOver(policy.definition(), reason(policy.definition(), flow)));
        }
        return new PolicyChoice(
                direction,
                taken.stream().map(PolicyEntry::definition).toList(),
                namespace.defaultAction(direction),
                others);
    }

    private static List<PolicyEntry> taken(XfrmNamespace namespace, Direction direction, FlowKey flow) {
        Optional<PolicyEntry> first = namespace.policies().match(direction, flow);
        if (first.isEmpty() || first.get().type() == PolicyType.MAIN) {
            return first.stream().toList();
        }
        // Behind one of sub type the main one is asked, in transit that of what comes in (see PolicyCheck).
        Direction main = direction == Direction.FWD ? Direction.IN : direction;
        List<PolicyEntry> both = new ArrayList<>(first.stream().toList());
        namespace.policies().match(main, PolicyType.MAIN, flow).ifPresent(both::add);
        return both;
    }

    private static Reason reason(XfrmPolicy policy, List<PolicyEntry> taken) {
        int priority = taken.get(taken.size() - 1).definition().priority();
        if (policy.priority() != priority) {
            return Reason.PRIORITY;
        }
        boolean exact = isExact(taken.get(taken.size() - 1).definition()) && !isExact(policy);
        return exact ? Reason.EXACT : Reason.AGE;
    }

    private static boolean isExact(XfrmPolicy policy) {
        int bits = policy.selector().family().bits();
        return policy.selector().source().length() == bits
                && policy.selector().destination().length() == bits;
    }

    private static Reason reason(XfrmPolicy policy, FlowKey flow) {
        if (!policy.ifId().equals(flow.ifId())) {
            return Reason.IF_ID;
        }
        return policy.mark().matches(flow.mark()) ? Reason.UPPER : Reason.MARK;
    }
}
