package org.xfrmctl.netlink.route;

import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.RawAttribute;

/**
 * A route.
 *
 * @param hops none for a refusal such as {@code blackhole} in IPv4 (in IPv6 it has the loopback link), several for a
 *     multipath route
 * @param preferredSource the address that this host's own packets get
 */
public record Route(
        Key key,
        Kind kind,
        List<Hop> hops,
        Optional<IpAddress> preferredSource,
        RouteMetrics metrics,
        List<RawAttribute> other) {

    /** Routes that an administrator made; from 5 on, numbers say which program did ({@code RTPROT_*}). */
    public static final int STATIC = 4;

    /**
     * What the kernel tells routes apart by.
     *
     * @param source packets must come from here (IPv6 only, elsewhere {@code /0})
     * @param metric the least wins. IPv6 takes 1024 for 0; where 0 names a route to be deleted, it is any metric
     * @param tos the DSCP that packets must have, as bits of the header's second byte; 0 is any
     */
    public record Key(IpPrefix destination, IpPrefix source, RouteTable table, int metric, int tos) {
        private static final int IPV6_DEFAULT = 1024;

        public Key {
            RouteAttributes.requireByte("tos", tos);
            if (source.family() != destination.family()) {
                throw new IllegalArgumentException("a route mixes " + source + " and " + destination);
            }
        }

        public Family family() {
            return destination.family();
        }

        @Override
        public String toString() {
            return destination
                    + (source.length() > 0 ? " from " + source : "")
                    + (tos != 0 ? " tos 0x" + Integer.toHexString(tos) : "")
                    + (table.equals(RouteTable.MAIN) ? "" : " table " + table)
                    + (metric != 0 ? " metric " + Integer.toUnsignedString(metric) : "");
        }

        /** Whether the kernel takes a route with the other key for one with this. */
        boolean isTakenBy(Key other) {
            return equals(other)
                    || (family() == Family.INET6
                            && metric == 0
                            && equals(new Key(other.destination, other.source, other.table, 0, other.tos))
                            && other.metric == IPV6_DEFAULT);
        }
    }

    /** What a route does, and who made it ({@link #STATIC}). IPv6 knows no scopes. */
    public record Kind(RouteType type, int protocol, Scope scope) {
        public Kind {
            RouteAttributes.requireByte("protocol", protocol);
        }
    }

    public Route {
        hops = List.copyOf(hops);
        other = List.copyOf(other);
    }

    /** A unicast route of {@link RouteTable#MAIN}, static, with metric 0. */
    public static Route through(IpPrefix destination, Hop hop) {
        // The kernel refuses a gateway that is no nearer than what lies behind it (fib_check_nh()).
        boolean direct = hop.gateway().isEmpty() && destination.family() == Family.INET;
        return of(destination, new Kind(RouteType.UNICAST, STATIC, direct ? Scope.LINK : Scope.GLOBAL), List.of(hop));
    }

    /** As {@link #through}, without next hop: a {@code blackhole} and its like. */
    public static Route refusing(IpPrefix destination, RouteType type) {
        if (!type.isRefusal()) {
            throw new IllegalArgumentException("a route of type " + type + " to " + destination + " needs a next hop");
        }
        return of(destination, new Kind(type, STATIC, Scope.GLOBAL), List.of());
    }

    private static Route of(IpPrefix destination, Kind kind, List<Hop> hops) {
        Key key = new Key(destination, IpPrefix.any(destination.family()), RouteTable.MAIN, 0, 0);
        return new Route(key, kind, hops, Optional.empty(), RouteMetrics.NONE, List.of());
    }

    public Route withKey(Key changed) {
        return new Route(changed, kind, hops, preferredSource, metrics, other);
    }

    public Route withTable(RouteTable table) {
        return withKey(new Key(key.destination, key.source, table, key.metric, key.tos));
    }

    public Route withMetric(int metric) {
        return withKey(new Key(key.destination, key.source, key.table, metric, key.tos));
    }

    /** See {@link #STATIC}. */
    public Route withProtocol(int protocol) {
        return new Route(key, new Kind(kind.type, protocol, kind.scope), hops, preferredSource, metrics, other);
    }

    public Route withPreferredSource(IpAddress source) {
        return new Route(key, kind, hops, Optional.of(source), metrics, other);
    }

    public Route withMetrics(RouteMetrics changed) {
        return new Route(key, kind, hops, preferredSource, changed, other);
    }

    public Route withOther(List<RawAttribute> changed) {
        return new Route(key, kind, hops, preferredSource, metrics, changed);
    }

    /** As {@code ip route} has it, with numbers for links. */
    @Override
    public String toString() {
        StringJoiner words = new StringJoiner(" ");
        if (!kind.type.equals(RouteType.UNICAST)) {
            words.add(kind.type.toString());
        }
        words.add(key.toString());
        hops.forEach(hop -> words.add((hops.size() > 1 ? "nexthop " : "") + hop));
        preferredSource.ifPresent(source -> words.add("src " + source));
        if (!metrics.toString().isEmpty()) {
            words.add(metrics.toString());
        }
        return words.toString();
    }
}
