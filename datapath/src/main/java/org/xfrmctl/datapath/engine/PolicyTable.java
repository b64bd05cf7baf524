package org.xfrmctl.datapath.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.XfrmPolicy;

/**
 * The SPD with the rules of {@code net/xfrm/xfrm_policy.c}. Guarded by the lock of its {@link XfrmNamespace}. Requests
 * are taken as valid: the netlink front has checked them.
 */
public final class PolicyTable {
    private final XfrmNamespace namespace;
    /** All policies, the oldest first; a replaced one counts as new, as in the kernel's dump. */
    private final Map<PolicyKey, PolicyEntry> all = new LinkedHashMap<>();

    private final Map<Integer, PolicyEntry> byIndex = new HashMap<>();
    private final Map<Direction, PolicyOrder> orders = new EnumMap<>(Direction.class);
    private final Map<Direction, Integer> counts = new EnumMap<>(Direction.class);
    private int subPolicies;
    private int generator;
    private long nextDeadline = Long.MAX_VALUE;

    PolicyTable(XfrmNamespace namespace) {
        this.namespace = namespace;
        for (Direction direction : Direction.values()) {
            orders.put(direction, new PolicyOrder());
            counts.put(direction, 0);
        }
    }

    /** Adds a policy, as {@code NEWPOLICY} does; {@link Outcome#EXISTS} if its key is taken, whatever the priority. */
    public PolicyResult insert(XfrmPolicy policy) {
        return all.containsKey(policy.key())
                ? new PolicyResult(Outcome.EXISTS, Optional.empty())
                : new PolicyResult(Outcome.DONE, Optional.of(put(policy)));
    }

    /** Adds or replaces a policy, as {@code UPDPOLICY} does: the index stays, the times start anew. */
    public PolicyEntry update(XfrmPolicy policy) {
        return put(policy);
    }

    private PolicyEntry put(XfrmPolicy policy) {
        PolicyEntry old = all.remove(policy.key());
        int index = old == null ? freeIndex(policy) : old.definition().index();
        PolicyEntry fresh = new PolicyEntry(
                policy.toBuilder().mark(policy.mark().masked()).index(index).build(), namespace.seconds());
        all.put(policy.key(), fresh);
        byIndex.put(index, fresh);
        order(policy.direction()).add(fresh, old);
        if (old == null) {
            counts.merge(policy.direction(), 1, Integer::sum);
            subPolicies += fresh.type() == PolicyType.SUB ? 1 : 0;
        } else {
            old.die();
        }
        nextDeadline = Math.min(nextDeadline, Math.min(hardAt(fresh), softAt(fresh)));
        return fresh;
    }

    /** The index that was asked for if it is free, else the next of the generator ({@code xfrm_gen_index}). */
    private int freeIndex(XfrmPolicy policy) {
        int index = policy.index();
        while (index == 0 || byIndex.containsKey(index)) {
            index = generator | policy.direction().number();
            generator += 8;
            index = index == 0 ? 8 : index;
        }
        return index;
    }

    /** The policy with exactly this key; the selector is compared byte for byte. */
    public Optional<PolicyEntry> find(PolicyKey key) {
        return Optional.ofNullable(all.get(key));
    }

    /** The policy with this index, if direction, type, mark and if_id are its own too. */
    public Optional<PolicyEntry> find(int index, Direction direction, PolicyType type, Mark mark, IfId ifId) {
        return Optional.ofNullable(byIndex.get(index)).filter(policy -> {
            XfrmPolicy definition = policy.definition();
            return definition.direction() == direction
                    && policy.type() == type
                    && definition.mark().equals(mark.masked())
                    && definition.ifId().equals(ifId);
        });
    }

    public Outcome remove(PolicyEntry policy) {
        if (policy.isDead()) {
            return Outcome.NOT_FOUND;
        }
        policy.die();
        XfrmPolicy definition = policy.definition();
        all.remove(definition.key());
        byIndex.remove(definition.index());
        order(definition.direction()).remove(policy);
        counts.merge(definition.direction(), -1, Integer::sum);
        subPolicies -= policy.type() == PolicyType.SUB ? 1 : 0;
        return Outcome.DONE;
    }

    /** Removes all policies of a type but those of sockets; returns how many. */
    public int flush(PolicyType type) {
        List<PolicyEntry> doomed = list().stream()
                .filter(policy -> policy.type() == type
                        && !policy.definition().direction().isSocket())
                .toList();
        doomed.forEach(this::remove);
        return doomed.size();
    }

    /** All policies, the newest first, as a dump lists them. */
    public List<PolicyEntry> list() {
        List<PolicyEntry> list = new ArrayList<>(all.values());
        Collections.reverse(list);
        return list;
    }

    /** How many policies a direction has; without any, packets are not looked at. */
    public int count(Direction direction) {
        return counts.getOrDefault(direction, 0);
    }

    /** The policy for a flow, sub policies asked first. */
    public Optional<PolicyEntry> match(Direction direction, FlowKey flow) {
        if (subPolicies > 0) {
            Optional<PolicyEntry> sub = match(direction, PolicyType.SUB, flow);
            if (sub.isPresent()) {
                return sub;
            }
        }
        return match(direction, PolicyType.MAIN, flow);
    }

    public Optional<PolicyEntry> match(Direction direction, PolicyType type, FlowKey flow) {
        return Optional.ofNullable(order(direction).match(flow, type));
    }

    /** Ends a policy as a hard limit does: gone first, then the event. */
    public void expire(PolicyEntry policy) {
        if (remove(policy) == Outcome.DONE) {
            namespace.events().policyExpired(policy.snapshot(), true);
        }
    }

    /** Only seconds limit a policy; one that was never used counts its use from when it was added. */
    void runTimers(long now) {
        if (now < nextDeadline) {
            return;
        }
        nextDeadline = Long.MAX_VALUE;
        for (PolicyEntry policy : list()) {
            long hard = hardAt(policy);
            long soft = softAt(policy);
            if (now >= hard) {
                expire(policy);
                continue;
            }
            if (now >= soft && policy.warnsAt(now)) {
                namespace.events().policyExpired(policy.snapshot(), false);
            }
            nextDeadline = Math.min(nextDeadline, Math.min(hard, now >= soft ? now + 1 : soft));
        }
    }

    private static long hardAt(PolicyEntry policy) {
        return Lifetimes.hardAt(policy.definition().limits(), policy.usedSinceAdded());
    }

    private static long softAt(PolicyEntry policy) {
        return Lifetimes.softAt(policy.definition().limits(), policy.usedSinceAdded());
    }

    private PolicyOrder order(Direction direction) {
        PolicyOrder order = orders.get(direction);
        if (order == null) {
            throw new IllegalArgumentException("no such direction: " + direction);
        }
        return order;
    }
}
