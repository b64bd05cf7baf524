package org.xfrmctl.manager.mtu;

import java.util.Optional;
import org.xfrmctl.netlink.route.Link;
import org.xfrmctl.netlink.route.PacketRoute;

/**
 * How long a packet may be that goes some way, and who says so.
 *
 * @param locked whether what is longer is fragmented, and nobody is told
 * @param link the link of this host that it leaves by; none if the MTU was given
 */
public record Way(int mtu, Origin origin, boolean locked, Optional<Carrier> link) {
    /** Who says so. */
    public enum Origin {
        GIVEN,
        LEARNT,
        ROUTE,
        LINK_IPV6,
        LINK,
        DEFINED,
        /** The child's {@code mtu}, which its routes have while it is up. */
        OPTION
    }

    /** A link and what it carries by itself. */
    public record Carrier(String name, int mtu) {}

    public static Way given(int mtu) {
        return new Way(mtu, Origin.GIVEN, false, Optional.empty());
    }

    /** Into an interface that is still to be made. */
    static Way defined(String name, int mtu) {
        return new Way(mtu, Origin.DEFINED, false, Optional.of(new Carrier(name, mtu)));
    }

    static Way option(int mtu) {
        return new Way(mtu, Origin.OPTION, false, Optional.empty());
    }

    /** Into an interface that is there. */
    static Way of(Link link) {
        return new Way(link.mtu(), Origin.LINK, false, Optional.of(new Carrier(link.name(), link.mtu())));
    }

    static Way of(PacketRoute found) {
        Origin origin = switch (found.origin()) {
            case LEARNT -> Origin.LEARNT;
            case ROUTE -> Origin.ROUTE;
            case LINK_IPV6 -> Origin.LINK_IPV6;
            case LINK -> Origin.LINK;
        };
        return new Way(
                found.mtu(),
                origin,
                found.route().metrics().isMtuLocked(),
                Optional.of(new Carrier(found.link().name(), found.link().mtu())));
    }

    /** Whether packets must be shorter than the link would have them; loopback has a byte more than IPv4 can use. */
    public boolean isNarrowed() {
        return origin != Origin.LINK
                && link.filter(carrier -> mtu < carrier.mtu()).isPresent();
    }

    boolean isSameLink(Way other) {
        return link.map(Carrier::name).equals(other.link.map(Carrier::name));
    }

    /** For people: who says so. */
    @Override
    public String toString() {
        String name = link.map(Carrier::name).orElse("");
        String lock = locked ? ", locked" : "";
        return switch (origin) {
            case GIVEN -> "as given";
            case LEARNT -> "learnt: a router behind " + name + " told so" + lock;
            case ROUTE -> "mtu of the route, which goes by " + name + lock;
            case LINK_IPV6 -> "net.ipv6.conf." + name + ".mtu";
            case LINK -> "interface " + name;
            case DEFINED -> "interface " + name + ", as defined";
            case OPTION -> "as defined";
        };
    }
}
