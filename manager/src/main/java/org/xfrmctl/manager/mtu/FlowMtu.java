package org.xfrmctl.manager.mtu;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Selector;

/**
 * How long the packets may be that one outbound policy protects.
 *
 * @param mtu 0 if nothing is left: what there is would not hold more than an IP header
 * @param bound the way that they take before any transform, where it leaves less than the transforms do
 * @param unrouted one of the destinations, if the host has no route in clear to it
 */
public record FlowMtu(Selector selector, int mtu, Optional<Bound> bound, Optional<IpAddress> unrouted) {
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int TCP_HEADER = 20;

    public FlowMtu {
        mtu = usable(selector.family(), mtu);
    }

    /** A way, and what it is called: {@code route of 10.2.0.1}. */
    public record Bound(String name, Way way) {}

    /** Of packets that have a route. */
    public FlowMtu(Selector selector, int mtu, Optional<Bound> bound) {
        this(selector, mtu, bound, Optional.empty());
    }

    public Family family() {
        return selector.family();
    }

    /** What the sum ends at, for comparing: 0 if a packet would have no room for more than its header. */
    static int usable(Family family, int mtu) {
        return mtu > ipHeader(family) ? mtu : 0;
    }

    private static int ipHeader(Family family) {
        return family == Family.INET6 ? IPV6_HEADER : IPV4_HEADER;
    }

    /** Bytes of IP header without options. */
    int ipHeader() {
        return ipHeader(family());
    }

    /** Bytes of IP and TCP header without options. */
    public int headers() {
        return ipHeader() + TCP_HEADER;
    }

    /** Whether TCP comes behind the IP header of its packets: not where they wrap others. */
    private boolean carriesTcp() {
        return List.of(IpProtocol.ANY, IpProtocol.TCP).contains(selector.proto());
    }

    /**
     * What TCP may put into one segment, without options (RFC 6691, section 2): those that a segment has, such as the 12
     * bytes of timestamps, come out of it. Empty for packets of another protocol.
     */
    public OptionalInt mss() {
        return carriesTcp() ? OptionalInt.of(Math.max(0, mtu - headers())) : OptionalInt.empty();
    }
}
