package org.xfrmctl.datapath.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.Selector;
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
    /** By direction how many there are: each packet asks. */
    private final int[] counts = new int[Direction.values().length];

    private final Map<Family, HashThreshold> thresholds = new EnumMap<>(Family.class);
    private int subPolicies;
    private int generator;
    private final Timers<PolicyEntry> timers = new Timers<>();

    PolicyTable(XfrmNamespace namespace) {
        this.namespace = namespace;
        for (Direction direction : Direction.values()) {
            orders.put(direction, new PolicyOrder(direction));
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
        namespace.revision().next();
        PolicyEntry fresh = new PolicyEntry(
                policy.toBuilder().mark(policy.mark().masked()).index(index).build(),
                namespace.seconds(),
                namespace.revision());
        all.put(policy.key(), fresh);
        byIndex.put(index, fresh);
        order(policy.direction()).add(fresh, old);
        if (old == null) {
            counts[policy.direction().ordinal()]++;
            subPolicies += fresh.type() == PolicyType.SUB ? 1 : 0;
        } else {
            old.die();
            timers.cancel(old);
        }
        if (StateTimer.isNeeded(policy.limits())) {
            timers.set(fresh, namespace.seconds() + 1);
        }
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

    /** From which prefix lengths on policies of a family are hashed. */
    public HashThreshold threshold(Family family) {
        return thresholds.getOrDefault(family, HashThreshold.hosts(family));
    }

    public void threshold(Family family, HashThreshold threshold) {
        namespace.revision().next();
        thresholds.put(family, threshold);
        orders.forEach((direction, order) -> order.rebuild(
                family,
                threshold,
                all.values().stream()
                        .filter(policy -> policy.definition().direction() == direction)
                        .toList()));
    }

    /** The policy that a migration is about ({@code xfrm_migrate_policy_find()}); marks do not matter. */
    public Optional<PolicyEntry> findToMove(Direction direction, PolicyType type, Selector selector, IfId ifId) {
        return Optional.ofNullable(order(direction)
                .first(
                        selector,
                        policy -> policy.type() == type
                                && (ifId.isNone() || policy.definition().ifId().equals(ifId))
                                && names(selector, policy.definition().selector())));
    }

    /** Protocol 255 stands for any selector between the two prefixes; else all of the selector must agree. */
    private static boolean names(Selector wanted, Selector present) {
        return wanted.proto().equals(IpProtocol.IPSEC_ANY)
                ? wanted.source().equals(present.source())
                        && wanted.destination().equals(present.destination())
                : wanted.equals(present);
    }

    public Outcome remove(PolicyEntry policy) {
        if (policy.isDead()) {
            return Outcome.NOT_FOUND;
        }
        namespace.revision().next();
        policy.die();
        timers.cancel(policy);
        XfrmPolicy definition = policy.definition();
        all.remove(definition.key());
        byIndex.remove(definition.index());
        order(definition.direction()).remove(policy);
        counts[definition.direction().ordinal()]--;
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
        return counts[direction.ordinal()];
    }

    /** The policy for a flow, sub policies asked first. */
    public Optional<PolicyEntry> match(Direction direction, FlowKey flow) {
        return Optional.ofNullable(first(direction, flow));
    }

    /** As {@link #match(Direction, FlowKey)}, for each packet: no object is made for it. */
    @Nullable
    PolicyEntry first(Direction direction, FlowKey flow) {
        PolicyEntry sub = subPolicies > 0 ? order(direction).match(flow, PolicyType.SUB) : null;
        return sub != null ? sub : order(direction).match(flow, PolicyType.MAIN);
    }

    public Optional<PolicyEntry> match(Direction direction, PolicyType type, FlowKey flow) {
        return Optional.ofNullable(order(direction).match(flow, type));
    }

    /** How many prefixes and policies the lookups of a direction have looked at since the last rebuilding. */
    long looks(Direction direction) {
        return order(direction).looks();
    }

    /** Ends a policy as a hard limit does: gone first, then the event. */
    public void expire(PolicyEntry policy) {
        if (remove(policy) == Outcome.DONE) {
            namespace.events().policyExpired(policy.snapshot(), true);
        }
    }

    /** When {@link #runTimers} has something to do. */
    long nextTimer() {
        return timers.next();
    }

    /**
     * Removes what reaches its end at this second, and announces what has reached a soft limit.
     *
     * @param now the second that it is; a warning is not repeated for each time that was missed
     */
    void runTimers(long second, long now) {
        for (PolicyEntry policy : timers.take(second)) {
            PolicyTimer timer = PolicyTimer.run(policy, second);
            if (timer.ends()) {
                expire(policy);
                continue;
            }
            if (timer.warns()) {
                namespace.events().policyExpired(policy.snapshot(), false);
            }
            timers.set(policy, timer.next(now));
        }
    }

    private PolicyOrder order(Direction direction) {
        PolicyOrder order = orders.get(direction);
        if (order == null) {
            throw new IllegalArgumentException("no such direction: " + direction);
        }
        return order;
    }
}
