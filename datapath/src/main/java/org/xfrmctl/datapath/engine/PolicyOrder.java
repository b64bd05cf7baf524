package org.xfrmctl.datapath.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.Selector;

/**
 * The policies of one direction in the order in which they are asked: by priority, the older first.
 *
 * <p>Policies between two single addresses ("exact") live in hash buckets, all others in one list, because Linux 6.1
 * does not break ties between the two kinds by age: see {@link #match}.
 */
final class PolicyOrder {
    private record Hosts(IpAddress source, IpAddress destination) {}

    private final Map<Hosts, List<PolicyEntry>> exact = new HashMap<>();
    private final List<PolicyEntry> inexact = new ArrayList<>();

    /** Adds a policy, in the place of {@code replaced} if that has the same priority ({@code UPDPOLICY}). */
    void add(PolicyEntry policy, @Nullable PolicyEntry replaced) {
        List<PolicyEntry> chain = chain(policy);
        int place = replaced == null || comparePriority(policy, replaced) != 0 ? -1 : chain.indexOf(replaced);
        if (replaced != null) {
            chain.remove(replaced);
        }
        if (place < 0) {
            place = chain.size();
            while (place > 0 && comparePriority(chain.get(place - 1), policy) > 0) {
                place--;
            }
        }
        chain.add(place, policy);
    }

    void remove(PolicyEntry policy) {
        List<PolicyEntry> chain = chain(policy);
        chain.remove(policy);
        if (chain.isEmpty() && chain != inexact) {
            exact.remove(hosts(policy.definition().selector()));
        }
    }

    /**
     * The policy for a flow ({@code xfrm_policy_lookup_bytype}). At equal priority the exact match wins, unless the other
     * one is the very first of all inexact policies of the direction.
     */
    @Nullable
    PolicyEntry match(FlowKey flow, PolicyType type) {
        List<PolicyEntry> hosts = exact.getOrDefault(new Hosts(flow.source(), flow.destination()), List.of());
        PolicyEntry best = first(hosts, flow, type);
        PolicyEntry other = first(inexact, flow, type);
        if (best == null || other == null) {
            return best == null ? other : best;
        }
        int order = comparePriority(best, other);
        return order < 0 || (order == 0 && other != inexact.get(0)) ? best : other;
    }

    private static @Nullable PolicyEntry first(List<PolicyEntry> chain, FlowKey flow, PolicyType type) {
        for (PolicyEntry policy : chain) {
            if (policy.type() == type
                    && policy.definition().ifId().equals(flow.ifId())
                    && flow.carries(policy.definition().mark())
                    && flow.matches(policy.definition().selector())) {
                return policy;
            }
        }
        return null;
    }

    private List<PolicyEntry> chain(PolicyEntry policy) {
        Selector selector = policy.definition().selector();
        int bits = selector.family().bits();
        return selector.source().length() == bits && selector.destination().length() == bits
                ? exact.computeIfAbsent(hosts(selector), unused -> new ArrayList<>(1))
                : inexact;
    }

    private static Hosts hosts(Selector selector) {
        return new Hosts(selector.source().address(), selector.destination().address());
    }

    private static int comparePriority(PolicyEntry a, PolicyEntry b) {
        return Integer.compareUnsigned(a.definition().priority(), b.definition().priority());
    }
}
