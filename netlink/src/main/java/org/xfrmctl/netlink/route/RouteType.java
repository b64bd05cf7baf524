package org.xfrmctl.netlink.route;

import java.util.List;

/** What becomes of a packet that takes a route ({@code RTN_*}, 0 to 255). */
public record RouteType(int number) {
    /** To the next hop. */
    public static final RouteType UNICAST = new RouteType(1);

    public static final RouteType LOCAL = new RouteType(2);
    public static final RouteType BROADCAST = new RouteType(3);
    public static final RouteType ANYCAST = new RouteType(4);
    public static final RouteType MULTICAST = new RouteType(5);
    /** Dropped, and nobody is told. */
    public static final RouteType BLACKHOLE = new RouteType(6);
    /** Dropped with ICMP "host unreachable". */
    public static final RouteType UNREACHABLE = new RouteType(7);
    /** Dropped with ICMP "administratively prohibited". */
    public static final RouteType PROHIBIT = new RouteType(8);
    /** The lookup goes on with the next rule. */
    public static final RouteType THROW = new RouteType(9);

    private static final List<String> NAMES = List.of(
            "none",
            "unicast",
            "local",
            "broadcast",
            "anycast",
            "multicast",
            "blackhole",
            "unreachable",
            "prohibit",
            "throw",
            "nat",
            "xresolve");

    public RouteType {
        RouteAttributes.requireByte("route type", number);
    }

    /** Whether its routes have no next hop. */
    public boolean isRefusal() {
        return equals(BLACKHOLE) || equals(UNREACHABLE) || equals(PROHIBIT) || equals(THROW);
    }

    /** The name that {@code ip route} gives it; the number if it has none. */
    @Override
    public String toString() {
        return number < NAMES.size() ? NAMES.get(number) : Integer.toString(number);
    }
}
