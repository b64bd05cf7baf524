package org.xfrmctl.netlink.route;

import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;

/** How far an address or a route reaches ({@code RT_SCOPE_*}, 0 to 255); the greater the number, the nearer. */
public record Scope(int number) {
    public static final Scope GLOBAL = new Scope(0);
    public static final Scope SITE = new Scope(200);
    public static final Scope LINK = new Scope(253);
    public static final Scope HOST = new Scope(254);
    public static final Scope NOWHERE = new Scope(255);

    private static final IpPrefix LOOPBACK_V4 = IpPrefix.parse("127.0.0.0/8");
    private static final IpPrefix LOOPBACK_V6 = IpPrefix.parse("::1/128");
    private static final IpPrefix LINK_LOCAL_V6 = IpPrefix.parse("fe80::/10");

    public Scope {
        RouteAttributes.requireByte("scope", number);
    }

    /** The usual scope of an address: IPv6 has no choice, IPv4 does as {@code ip address add} does. */
    public static Scope of(IpAddress address) {
        if (LOOPBACK_V4.contains(address) || LOOPBACK_V6.contains(address)) {
            return HOST;
        }
        return address.family() == Family.INET6 && LINK_LOCAL_V6.contains(address) ? LINK : GLOBAL;
    }

    /** The name that {@code ip} gives it; the number if it has none. */
    @Override
    public String toString() {
        return switch (number) {
            case 0 -> "global";
            case 200 -> "site";
            case 253 -> "link";
            case 254 -> "host";
            case 255 -> "nowhere";
            default -> Integer.toString(number);
        };
    }
}
