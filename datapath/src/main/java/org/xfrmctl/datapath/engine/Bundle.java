package org.xfrmctl.datapath.engine;

import java.util.List;

/**
 * The transforms for one flow, the innermost first, and what fits through all of them ({@code struct xfrm_dst} chain).
 *
 * @param mtu the largest packet, as the sender sees it ({@code xfrm_init_pmtu})
 * @param steps the associations in the order of their work
 */
public record Bundle(int mtu, List<Step> steps) {
    public Bundle {
        steps = List.copyOf(steps);
    }

    /** One association and the MTU of the way that its result takes: the bound of traffic-flow padding. */
    public record Step(SecurityAssociation association, int childMtu) {}
}
