package org.xfrmctl.manager.probe;

import java.util.List;
import org.xfrmctl.manager.mtu.Ways;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.netlink.route.RouteQuery;

/** Which addresses can be asked and asked from: packets have to leave this host, for one other. */
final class OtherHost {
    private static final List<IpPrefix> MULTICAST = List.of(IpPrefix.parse("224.0.0.0/4"), IpPrefix.parse("ff00::/8"));
    private static final List<IpPrefix> LOOPBACK = List.of(IpPrefix.parse("127.0.0.0/8"), IpPrefix.parse("::1/128"));
    private static final IpAddress ALL = IpAddress.parse("255.255.255.255");

    private OtherHost() {}

    /**
     * Refuses what is no other host's address.
     *
     * @throws UnprobeableException with the reason
     */
    static void require(RouteQuery query, Ways ways) {
        IpAddress to = query.destination();
        if (to.isAny()) {
            throw refused(to + " is nobody's address");
        }
        if (isIn(MULTICAST, to)) {
            throw refused(to + " is a multicast address: many hosts answer, or none");
        }
        if (to.equals(ALL) || ways.isBroadcast(query)) {
            throw refused(to + " is a broadcast address: many hosts answer, or none");
        }
        if (isIn(LOOPBACK, to) || ways.own().contains(to)) {
            throw refused(to + " is an address of this host: what goes there takes no path");
        }
    }

    /**
     * Refuses to send from what is no address of this host.
     *
     * @throws UnprobeableException with the advice
     */
    static void requireOwn(IpAddress from, Ways ways, String advice) {
        if (!ways.own().contains(from)) {
            throw new UnprobeableException("this host has no address " + from, advice);
        }
    }

    private static boolean isIn(List<IpPrefix> prefixes, IpAddress address) {
        return prefixes.stream().anyMatch(prefix -> prefix.contains(address));
    }

    private static UnprobeableException refused(String why) {
        return new UnprobeableException(why, "name one host behind the tunnel");
    }
}
