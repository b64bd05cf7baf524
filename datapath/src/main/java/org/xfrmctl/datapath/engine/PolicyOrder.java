package org.xfrmctl.datapath.engine;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.Selector;

/**
 * The policies of one direction in the order in which they are asked: by priority, the older first.
 *
 * <p>Policies between two single addresses ("exact") live in hash buckets, all others in one list, because Linux 6.1
 * does not break ties between the two kinds by age: see {@link #match}. A {@link HashThreshold} counts wider ones among
 * the exact.
 */
final class PolicyOrder {
    private record Hosts(IpAddress source, IpAddress destination) {}

    private final Direction direction;
    private final Map<Family, HashThreshold> thresholds = new EnumMap<>(Family.class);
    private final Map<Hosts, List<PolicyEntry>> exact = new HashMap<>();
    private final List<PolicyEntry> inexact = new ArrayList<>();

    PolicyOrder(Direction direction) {
        this.direction = direction;
    }

    /** Puts all policies, the oldest first, where they belong by a new threshold ({@code xfrm_hash_rebuild()}). */
    void rebuild(Family family, HashThreshold threshold, List<PolicyEntry> policies) {
        thresholds.put(family, threshold);
        exact.clear();
        inexact.clear();
        policies.forEach(policy -> add(policy, null));
    }

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
        List<PolicyEntry> hosts = exact.getOrDefault(hosts(flow.source(), flow.destination()), List.of());
        PolicyEntry best = first(hosts, flow, type);
        PolicyEntry other = first(inexact, flow, type);
        if (best == null || other == null) {
            return best == null ? other : best;
        }
        int order = comparePriority(best, other);
        return order < 0 || (order == 0 && other != inexact.get(0)) ? best : other;
    }

    /** The first policy that a migration may mean: of those between the same hosts, or of all others if it comes before. */
    @Nullable
    PolicyEntry first(Selector selector, Predicate<PolicyEntry> isMeant) {
        PolicyEntry best = first(exact.getOrDefault(hosts(selector), List.of()), isMeant);
        PolicyEntry other = first(inexact, isMeant);
        return best == null || (other != null && comparePriority(other, best) < 0) ? other : best;
    }

    private static @Nullable PolicyEntry first(List<PolicyEntry> chain, Predicate<PolicyEntry> isMeant) {
        return chain.stream().filter(isMeant).findFirst().orElse(null);
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
        return threshold(selector.family()).covers(selector, direction)
                ? exact.computeIfAbsent(hosts(selector), unused -> new ArrayList<>(1))
                : inexact;
    }

    private Hosts hosts(Selector selector) {
        return hosts(selector.source().address(), selector.destination().address());
    }

    private Hosts hosts(IpAddress source, IpAddress destination) {
        HashThreshold threshold = threshold(source.family());
        return new Hosts(threshold.source(source, direction), threshold.destination(destination, direction));
    }

    private HashThreshold threshold(Family family) {
        return thresholds.computeIfAbsent(family, HashThreshold::hosts);
    }

    private static int comparePriority(PolicyEntry a, PolicyEntry b) {
        return Integer.compareUnsigned(a.definition().priority(), b.definition().priority());
    }
}
