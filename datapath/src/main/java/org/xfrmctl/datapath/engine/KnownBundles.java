package org.xfrmctl.datapath.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bundles of the flows that were looked up lately, as long as SAD, SPD and routes are what they were: what the
 * kernel keeps in the {@code dst} of a socket ({@code xfrm_dst_check}, {@code stale_bundle}). A flow that comes to the
 * place of another takes it. Guarded by the lock of the {@link XfrmNamespace}.
 */
final class KnownBundles {
    private static final int PLACES = 1 << 10;

    /** {@code policy} is the one that a lookup marks as used. */
    record Known(FlowKey flow, RecordedRoutes routes, PolicyEntry policy, Decision.Protect decision) {}

    private final Revision revision;
    private final @Nullable Known[] known = new Known[PLACES];
    /** What {@link #revision} said when one was looked for last. */
    private long found;

    private boolean empty = true;

    KnownBundles(Revision revision) {
        this.revision = revision;
        revision.onNext(this::forget);
    }

    /** All at once: states that are gone are to be gone from memory, too, with their keys. */
    private void forget() {
        if (!empty) {
            Arrays.fill(known, null);
            empty = true;
        }
    }

    /** What a lookup would find; null if that is not known. */
    @Nullable
    Known find(FlowKey flow, Routing routing) {
        found = revision.number();
        Known present = known[place(flow)];
        return present != null && present.flow.equals(flow) && present.routes.holdIn(routing) ? present : null;
    }

    /** Remembers what was found after {@link #find} found nothing, unless finding it has changed something. */
    void add(FlowKey flow, RecordedRoutes routes, PolicyEntry policy, Decision.Protect decision) {
        if (found == revision.number()) {
            known[place(flow)] = new Known(flow, routes, policy, decision);
            empty = false;
        }
    }

    private static int place(FlowKey flow) {
        int hash = flow.hashCode() * 0x9e3779b1;
        return hash >>> 22;
    }
}
