package org.xfrmctl.manager.compile;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.PortMatch;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.definition.Traffic;
import org.xfrmctl.model.definition.TrafficSelector;

/** A local and a remote traffic selector that can meet in one packet, as the two kernel selectors they make. */
record TrafficPair(Selector outbound, Selector inbound) {

    /** Every local selector with every remote one of the same family and a common protocol; the same pair once only. */
    static List<TrafficPair> of(Traffic traffic) {
        Set<TrafficPair> pairs = new LinkedHashSet<>();
        for (TrafficSelector local : traffic.local()) {
            for (TrafficSelector remote : traffic.remote()) {
                of(local, remote).ifPresent(pairs::add);
            }
        }
        return new ArrayList<>(pairs);
    }

    private static Optional<TrafficPair> of(TrafficSelector local, TrafficSelector remote) {
        if (local.prefix().family() != remote.prefix().family()) {
            return Optional.empty();
        }
        IpProtocol proto = local.proto().equals(IpProtocol.ANY) ? remote.proto() : local.proto();
        if (!remote.proto().equals(IpProtocol.ANY) && !remote.proto().equals(proto)) {
            return Optional.empty();
        }
        return isIcmp(proto) ? icmp(local, remote, proto) : Optional.of(ports(local, remote, proto));
    }

    private static TrafficPair ports(TrafficSelector local, TrafficSelector remote, IpProtocol proto) {
        return new TrafficPair(
                selector(local, remote, proto, local.port(), remote.port()),
                selector(remote, local, proto, remote.port(), local.port()));
    }

    /**
     * The type and code of ICMP are the message's and no end's, so they are not swapped with the addresses. A traffic
     * selector has them as RFC 7296 (section 3.13.1) does, type in the high byte, code in the low one; the kernel wants
     * the type as source port and the code as destination port.
     */
    private static Optional<TrafficPair> icmp(TrafficSelector local, TrafficSelector remote, IpProtocol proto) {
        if (local.port().mask() != 0
                && remote.port().mask() != 0
                && !local.port().equals(remote.port())) {
            return Optional.empty();
        }
        PortMatch both = local.port().mask() != 0 ? local.port() : remote.port();
        PortMatch type = byteOf(both.port() >> 8, both.mask() >> 8);
        PortMatch code = byteOf(both.port() & 0xff, both.mask() & 0xff);
        return Optional.of(new TrafficPair(
                selector(local, remote, proto, type, code), selector(remote, local, proto, type, code)));
    }

    private static PortMatch byteOf(int value, int mask) {
        return mask == 0 ? PortMatch.ANY : new PortMatch(value & mask, mask == 0xff ? 0xffff : mask);
    }

    private static boolean isIcmp(IpProtocol proto) {
        return proto.equals(IpProtocol.ICMP) || proto.equals(IpProtocol.ICMPV6);
    }

    private static Selector selector(
            TrafficSelector source, TrafficSelector destination, IpProtocol proto, PortMatch from, PortMatch to) {
        return new Selector(source.prefix(), destination.prefix(), proto, from, to, Selector.Binding.NONE);
    }
}
