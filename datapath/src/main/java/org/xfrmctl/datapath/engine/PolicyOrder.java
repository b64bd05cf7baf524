package org.xfrmctl.datapath.engine;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.Selector;

/**
 * The policies of one direction in the order in which they are asked: by priority, the older first.
 *
 * <p>Policies between two single addresses ("exact") are kept apart from all others, because Linux 6.1 does not break
 * ties between the two kinds by age: see {@link #match}. A {@link HashThreshold} counts wider ones among the exact.
 */
final class PolicyOrder {
    /** The policies that a lookup may meet: of one type, family and if_id ({@code struct xfrm_pol_inexact_bin}). */
    private record Bin(PolicyTree exact, PolicyTree inexact) {
        Bin() {
            this(new PolicyTree(), new PolicyTree());
        }

        boolean isEmpty() {
            return exact.isEmpty() && inexact.isEmpty();
        }
    }

    private static final int FAMILIES = Family.values().length;
    private static final int BINS = PolicyType.values().length * FAMILIES;

    private final Direction direction;
    private final Map<Family, HashThreshold> thresholds = new EnumMap<>(Family.class);
    /** By if_id, then by type and family. */
    private final Map<IfId, @Nullable Bin[]> bins = new HashMap<>();
    /** All that are not exact, whatever their type, family and if_id. */
    private final NavigableSet<PolicyEntry> inexact = new TreeSet<>(PolicyEntry::compareOrder);

    private long lastPlace;

    PolicyOrder(Direction direction) {
        this.direction = direction;
    }

    /** Puts all policies, the oldest first, where they belong by a new threshold ({@code xfrm_hash_rebuild()}). */
    void rebuild(Family family, HashThreshold threshold, List<PolicyEntry> policies) {
        thresholds.put(family, threshold);
        bins.clear();
        inexact.clear();
        policies.forEach(policy -> add(policy, null));
    }

    /** Adds a policy, in the place of {@code replaced} if that has the same priority ({@code UPDPOLICY}). */
    void add(PolicyEntry policy, @Nullable PolicyEntry replaced) {
        policy.place(++lastPlace);
        if (replaced != null) {
            remove(replaced);
            policy.place(PolicyEntry.comparePriority(policy, replaced) == 0 ? replaced.place() : lastPlace);
        }
        Selector selector = policy.definition().selector();
        HashThreshold threshold = threshold(selector.family());
        Bin bin = bin(policy);
        if (threshold.covers(selector, direction)) {
            bin.exact.add(policy, threshold.ofSource(direction), threshold.ofDestination(direction));
        } else {
            bin.inexact.add(
                    policy, selector.source().length(), selector.destination().length());
            inexact.add(policy);
        }
    }

    void remove(PolicyEntry policy) {
        Selector selector = policy.definition().selector();
        HashThreshold threshold = threshold(selector.family());
        Bin bin = bin(policy);
        if (threshold.covers(selector, direction)) {
            bin.exact.remove(policy, threshold.ofSource(direction), threshold.ofDestination(direction));
        } else {
            bin.inexact.remove(
                    policy, selector.source().length(), selector.destination().length());
            inexact.remove(policy);
        }
        if (bin.isEmpty()) {
            removeBin(policy);
        }
    }

    /**
     * The policy for a flow ({@code xfrm_policy_lookup_bytype}). At equal priority the exact match wins, unless the other
     * one is the very first of all inexact policies of the direction.
     */
    @Nullable
    PolicyEntry match(FlowKey flow, PolicyType type) {
        @Nullable Bin[] ofInterface = bins.get(flow.ifId());
        Bin bin = ofInterface == null ? null : ofInterface[place(type, flow.family())];
        if (bin == null) {
            return null;
        }
        PolicyEntry best = bin.exact.first(flow);
        PolicyEntry other = bin.inexact.first(flow);
        if (best == null || other == null) {
            return best == null ? other : best;
        }
        int order = PolicyEntry.comparePriority(best, other);
        return order < 0 || (order == 0 && other != inexact.first()) ? best : other;
    }

    /** The first policy that a migration may mean: of those between the same hosts, or of all others if it comes before. */
    @Nullable
    PolicyEntry first(Selector selector, Predicate<PolicyEntry> isMeant) {
        PolicyEntry best = firstExact(selector, isMeant);
        PolicyEntry other = inexact.stream().filter(isMeant).findFirst().orElse(null);
        return best == null || (other != null && PolicyEntry.comparePriority(other, best) < 0) ? other : best;
    }

    private @Nullable PolicyEntry firstExact(Selector selector, Predicate<PolicyEntry> isMeant) {
        HashThreshold threshold = threshold(selector.family());
        IpPrefix source = selector.source();
        IpPrefix destination = selector.destination();
        IpAddress from = source.address();
        IpAddress to = destination.address();
        PolicyEntry best = null;
        for (@Nullable Bin[] ofInterface : bins.values()) {
            for (PolicyType type : PolicyType.values()) {
                Bin bin = ofInterface[place(type, selector.family())];
                if (bin == null) {
                    continue;
                }
                for (PolicyEntry policy : bin.exact.between(
                        from, threshold.ofSource(direction), to, threshold.ofDestination(direction))) {
                    if (isMeant.test(policy) && (best == null || policy.precedes(best))) {
                        best = policy;
                    }
                }
            }
        }
        return best;
    }

    /** How many prefixes and policies lookups have looked at. */
    long looks() {
        long sum = 0;
        for (@Nullable Bin[] ofInterface : bins.values()) {
            for (Bin bin : ofInterface) {
                sum += bin == null ? 0 : bin.exact.looks() + bin.inexact.looks();
            }
        }
        return sum;
    }

    private Bin bin(PolicyEntry policy) {
        @Nullable Bin[] ofInterface = bins.computeIfAbsent(policy.definition().ifId(), unused -> new Bin[BINS]);
        int place = place(policy);
        Bin present = ofInterface[place];
        Bin bin = present == null ? new Bin() : present;
        ofInterface[place] = bin;
        return bin;
    }

    private void removeBin(PolicyEntry policy) {
        bins.computeIfPresent(policy.definition().ifId(), (unused, present) -> {
            present[place(policy)] = null;
            return Arrays.stream(present).allMatch(Objects::isNull) ? null : present;
        });
    }

    private static int place(PolicyEntry policy) {
        return place(policy.type(), policy.definition().selector().family());
    }

    private static int place(PolicyType type, Family family) {
        return type.ordinal() * FAMILIES + family.ordinal();
    }

    private HashThreshold threshold(Family family) {
        return thresholds.computeIfAbsent(family, HashThreshold::hosts);
    }
}
