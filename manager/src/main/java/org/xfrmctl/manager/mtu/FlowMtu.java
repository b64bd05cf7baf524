package org.xfrmctl.manager.mtu;

import java.util.Optional;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.Selector;

/**
 * How long the packets may be that one outbound policy protects.
 *
 * @param bound the route that they would take in clear, where it leaves less than the transforms do
 */
public record FlowMtu(Selector selector, int mtu, Optional<Bound> bound) {
    private static final int HEADERS_V4 = 40;
    private static final int HEADERS_V6 = 60;

    /** A way, and the destination whose it is. */
    public record Bound(String destination, Way way) {}

    public Family family() {
        return selector.family();
    }

    /** Bytes of IP and TCP header without options. */
    public int headers() {
        return family() == Family.INET6 ? HEADERS_V6 : HEADERS_V4;
    }

    /**
     * What TCP may put into one segment, without options (RFC 6691, section 2): those that a segment has, such as the 12
     * bytes of timestamps, come out of it.
     */
    public int mss() {
        return Math.max(0, mtu - headers());
    }
}
