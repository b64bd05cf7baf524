package org.xfrmctl.netlink.route;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.StringJoiner;
import org.xfrmctl.model.IpAddress;

/**
 * One next hop.
 *
 * @param gateway absent if the destination is on the link; may be of the other family
 * @param weight its share of a multipath route, from 1
 * @param flags {@code RTNH_F_*}; of them only {@link #ON_LINK} can be asked for
 */
public record Hop(Optional<IpAddress> gateway, OptionalInt link, int weight, int flags) {
    /** The gateway is believed to be on the link, though no address of ours says so. */
    public static final int ON_LINK = 4;

    private static final int DEAD = 1;
    private static final int LINK_DOWN = 16;

    public static Hop via(IpAddress gateway) {
        return new Hop(Optional.of(gateway), OptionalInt.empty(), 1, 0);
    }

    public static Hop via(IpAddress gateway, int link) {
        return new Hop(Optional.of(gateway), OptionalInt.of(link), 1, 0);
    }

    public static Hop on(int link) {
        return new Hop(Optional.empty(), OptionalInt.of(link), 1, 0);
    }

    public Hop onLink() {
        return new Hop(gateway, link, weight, flags | ON_LINK);
    }

    /**
     * Whether its link is down or has no carrier. Without carrier it is passed over only if
     * {@code ignore_routes_with_linkdown} is set.
     */
    public boolean isDown() {
        return (flags & (DEAD | LINK_DOWN)) != 0;
    }

    /** As {@code ip route} has it, with a number for the link. */
    @Override
    public String toString() {
        StringJoiner words = new StringJoiner(" ");
        gateway.ifPresent(address -> words.add("via " + address));
        link.ifPresent(index -> words.add("dev " + index));
        if ((flags & ON_LINK) != 0) {
            words.add("onlink");
        }
        return words.toString();
    }
}
