package org.xfrmctl.datapath.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.Selector;

/**
 * Policies by the prefixes of destination and source. A lookup costs one look for each prefix length that is present,
 * however many policies there are; those between the same prefixes are asked one by one, as the kernel does
 * ({@code struct xfrm_pol_inexact_node}).
 */
final class PolicyTree {
    private final PrefixIndex<PrefixIndex<List<PolicyEntry>>> byDestination = new PrefixIndex<>();
    /** How many prefixes and policies lookups have looked at, for the test that this does not grow with the table. */
    private long looks;

    void add(PolicyEntry policy, int sourceLength, int destinationLength) {
        Selector selector = policy.definition().selector();
        List<PolicyEntry> chain = byDestination
                .computeIfAbsent(selector.destination().address(), destinationLength, PrefixIndex::new)
                .computeIfAbsent(selector.source().address(), sourceLength, () -> new ArrayList<>(1));
        int place = chain.size();
        while (place > 0 && policy.precedes(chain.get(place - 1))) {
            place--;
        }
        chain.add(place, policy);
    }

    void remove(PolicyEntry policy, int sourceLength, int destinationLength) {
        Selector selector = policy.definition().selector();
        IpAddress destination = selector.destination().address();
        IpAddress source = selector.source().address();
        PrefixIndex<List<PolicyEntry>> bySource = byDestination.get(destination, destinationLength);
        List<PolicyEntry> chain = bySource == null ? null : bySource.get(source, sourceLength);
        if (bySource == null || chain == null) {
            return;
        }
        chain.remove(policy);
        if (chain.isEmpty()) {
            bySource.remove(source, sourceLength);
        }
        if (bySource.isEmpty()) {
            byDestination.remove(destination, destinationLength);
        }
    }

    boolean isEmpty() {
        return byDestination.isEmpty();
    }

    /** The policies between two prefixes, the first to be asked first. */
    List<PolicyEntry> between(IpAddress source, int sourceLength, IpAddress destination, int destinationLength) {
        PrefixIndex<List<PolicyEntry>> bySource = byDestination.get(destination, destinationLength);
        List<PolicyEntry> chain = bySource == null ? null : bySource.get(source, sourceLength);
        return chain == null ? List.of() : chain;
    }

    /** The first policy that covers a flow. */
    @Nullable
    PolicyEntry first(FlowKey flow) {
        PolicyEntry best = null;
        for (int i = 0; i < byDestination.lengthCount(); i++) {
            looks++;
            PrefixIndex<List<PolicyEntry>> bySource = byDestination.get(flow.destination(), byDestination.length(i));
            if (bySource != null) {
                best = first(bySource, flow, best);
            }
        }
        return best;
    }

    private @Nullable PolicyEntry first(
            PrefixIndex<List<PolicyEntry>> bySource, FlowKey flow, @Nullable PolicyEntry found) {
        PolicyEntry best = found;
        for (int i = 0; i < bySource.lengthCount(); i++) {
            looks++;
            List<PolicyEntry> chain = bySource.get(flow.source(), bySource.length(i));
            if (chain != null) {
                best = first(chain, flow, best);
            }
        }
        return best;
    }

    private @Nullable PolicyEntry first(List<PolicyEntry> chain, FlowKey flow, @Nullable PolicyEntry found) {
        for (int i = 0; i < chain.size(); i++) {
            looks++;
            PolicyEntry policy = chain.get(i);
            if (found != null && found.precedes(policy)) {
                return found;
            }
            if (flow.carries(policy.definition().mark())
                    && flow.matches(policy.definition().selector())) {
                return policy;
            }
        }
        return found;
    }

    long looks() {
        return looks;
    }
}
