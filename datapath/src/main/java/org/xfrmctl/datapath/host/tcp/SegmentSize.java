package org.xfrmctl.datapath.host.tcp;

import org.xfrmctl.model.Family;

/** How much data a segment may have: what the peer takes (RFC 9293, section 3.7.1) and the path carries. */
final class SegmentSize {
    private static final int TCP_HEADER = 20;
    /** What a peer takes that does not say. */
    private static final int DEFAULT_MSS_V4 = 536;

    private static final int DEFAULT_MSS_V6 = 1220;
    /** Linux's bound from below ({@code TCP_MIN_SND_MSS} less the options, which are none here). */
    private static final int LEAST_MSS = 48;

    private final Ends ends;
    private final IpLayer ip;
    private int peer;
    private int known = LEAST_MSS;

    SegmentSize(Ends ends, IpLayer ip) {
        this.ends = ends;
        this.ip = ip;
        this.peer = isV4() ? DEFAULT_MSS_V4 : DEFAULT_MSS_V6;
    }

    /** The peer has said what it takes. */
    void peer(int mss) {
        peer = mss;
    }

    /** As of the last {@link #look()}. */
    int known() {
        return known;
    }

    /** Looks at the path, which costs a lookup of policies. */
    int look() {
        known = Math.max(LEAST_MSS, Math.min(peer, fitting(ip.mtu(ends))));
        return known;
    }

    /** What the peer is told. */
    int advertised() {
        return ip.announced(ends).orElseGet(() -> fitting(ip.advertisedMtu(ends)));
    }

    private int fitting(int mtu) {
        return mtu - (isV4() ? 20 : 40) - TCP_HEADER;
    }

    private boolean isV4() {
        return ends.local().family() == Family.INET;
    }
}
