package org.xfrmctl.datapath.engine;

import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.StateFlags;

/** What the inner header takes over from the outer one when a tunnel ends. */
final class Decapsulation {
    private static final int ECN = 3;
    private static final int CE = 3;

    private Decapsulation() {}

    /**
     * DSCP if the state says so, then the mark of congestion. Unlike RFC 6040, section 4.2, an inner header that is not
     * ECN-capable stays as it is and the packet is kept ({@code ipip_ecn_decapsulate}).
     */
    static void mergeTrafficClass(IpHeader inner, int outer, StateFlags flags) {
        int merged = inner.trafficClass();
        if (flags.has(StateFlag.DECAP_DSCP)) {
            merged = (outer & ~ECN) | (merged & ECN);
        }
        boolean congested = (outer & ECN) == CE && (merged & ECN) != 0;
        if (congested && !flags.has(StateFlag.NOECN)) {
            merged |= CE;
        }
        if (merged != inner.trafficClass()) {
            inner.trafficClass(merged);
            inner.finish(inner.totalLength());
        }
    }
}
