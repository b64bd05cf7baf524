package org.xfrmctl.manager.link;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.xfrmctl.manager.plan.Change;
import org.xfrmctl.manager.plan.Plan;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.definition.LogicalInterface;

/** Why an interface must stay, whoever made what uses it. */
public final class LinkUse {
    /** What a packet of a tunnel carries that nobody marked. */
    private static final int UNMARKED = 0;

    /** Of one priority the kernel takes the older one, which nobody tells: so here it is one that lets pass. */
    private static final Comparator<XfrmPolicy> FIRST_MET =
            Comparator.comparing(XfrmPolicy::priority, Integer::compareUnsigned).thenComparing(LinkUse::isNoPass);

    private LinkUse() {}

    /**
     * Empty if nothing uses it. Policies do, blocks too: without the interface its routes are gone, and packets pass them by.
     * Those about another protocol between the ends of a tunnel do not.
     */
    public static Optional<String> of(String name, LogicalInterface.Kind kind, Snapshot snapshot) {
        Optional<String> state = snapshot.states().stream()
                .filter(states(kind))
                .findFirst()
                .map(found -> "interface " + name + " is in use by state " + found.id());
        return state.or(() -> snapshot.policies().stream()
                .filter(policies(kind))
                .findFirst()
                .map(found -> "packets meet the policies of a child by way of interface " + name));
    }

    /** The GRE and IPIP interfaces of ours that are up, and whose packets a plan would let pass in clear, but not before. */
    public static List<String> bared(List<HeldLink> links, Snapshot before, Plan plan) {
        List<XfrmPolicy> after = after(before.policies(), plan);
        return links.stream()
                .filter(link -> link.isOurs() && link.isUp())
                .filter(link -> link.kind().orElse(null) instanceof LogicalInterface.Kind.Tunnel tunnel
                        && isGuarded(tunnel, before.policies())
                        && !isGuarded(tunnel, after))
                .map(HeldLink::name)
                .toList();
    }

    /** In the order of the plan: what is to go may become a block first. */
    private static List<XfrmPolicy> after(List<XfrmPolicy> before, Plan plan) {
        Map<PolicyKey, XfrmPolicy> policies = new LinkedHashMap<>();
        before.forEach(policy -> policies.put(policy.key(), policy));
        for (Change change : plan.changes()) {
            if (change instanceof Change.AddPolicy add) {
                policies.put(add.policy().key(), add.policy());
            } else if (change instanceof Change.UpdatePolicy update) {
                policies.put(update.policy().key(), update.policy());
            } else if (change instanceof Change.RemovePolicy gone) {
                policies.remove(gone.policy().key());
            }
        }
        return List.copyOf(policies.values());
    }

    /** Whether a plan takes an outbound policy away, or lets something pass: no other can leave a tunnel bare. */
    public static boolean mayBare(Plan plan) {
        return plan.changes().stream().anyMatch(LinkUse::mayBare);
    }

    private static boolean mayBare(Change change) {
        if (change instanceof Change.RemovePolicy gone) {
            return gone.policy().direction().equals(Direction.OUT);
        }
        if (change instanceof Change.AddPolicy add) {
            return !isNoPass(add.policy());
        }
        return change instanceof Change.UpdatePolicy update && !isNoPass(update.policy());
    }

    /**
     * Whether what a tunnel sends is protected or stopped: by the first policy that it meets. Which device it leaves by is
     * not known, so what protects on one alone does not count, and what lets pass on one does.
     */
    public static boolean isGuarded(LogicalInterface.Kind.Tunnel tunnel, List<XfrmPolicy> policies) {
        return policies.stream()
                .filter(policy -> policy.direction().equals(Direction.OUT)
                        && policy.mark().matches(UNMARKED)
                        && policy.ifId().equals(IfId.NONE)
                        && covers(policy.selector(), tunnel)
                        && policy.selector().source().contains(tunnel.local())
                        && policy.selector().destination().contains(tunnel.remote())
                        && !(isNoPass(policy) && policy.selector().binding().ifindex() != 0))
                .min(FIRST_MET)
                .filter(LinkUse::isNoPass)
                .isPresent();
    }

    private static boolean isNoPass(XfrmPolicy policy) {
        return policy.action().equals(PolicyAction.BLOCK) || !policy.templates().isEmpty();
    }

    private static boolean covers(Selector selector, LogicalInterface.Kind.Tunnel tunnel) {
        IpProtocol outer = tunnel.wrapping() == LogicalInterface.Wrapping.GRE ? IpProtocol.GRE : IpProtocol.IPIP;
        return List.of(outer, IpProtocol.ANY).contains(selector.proto())
                && selector.sourcePort().mask() == 0
                && selector.destinationPort().mask() == 0;
    }

    private static Predicate<XfrmState> states(LogicalInterface.Kind kind) {
        return kind instanceof LogicalInterface.Kind.Xfrm xfrm
                ? state -> state.ifId().equals(xfrm.ifId())
                : state -> false;
    }

    private static Predicate<XfrmPolicy> policies(LogicalInterface.Kind kind) {
        if (kind instanceof LogicalInterface.Kind.Tunnel tunnel) {
            return policy -> isNoPass(policy)
                    && covers(policy.selector(), tunnel)
                    && policy.selector().source().equals(IpPrefix.host(tunnel.local()))
                    && policy.selector().destination().equals(IpPrefix.host(tunnel.remote()));
        }
        return kind instanceof LogicalInterface.Kind.Xfrm xfrm
                ? policy -> policy.ifId().equals(xfrm.ifId())
                : policy -> false;
    }
}
