package org.xfrmctl.manager.mtu;

import java.util.List;
import java.util.Optional;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.definition.LogicalInterface;
import org.xfrmctl.netlink.route.RouteQuery;

/** What is known of the ways of packets. */
public interface Ways {
    /**
     * The way of what comes out of all transforms.
     *
     * @throws org.xfrmctl.netlink.NetlinkException if there is none
     */
    Way outer(RouteQuery query);

    /** The way that a packet would take in clear, which bounds it as well. */
    Clear inner(RouteQuery query);

    /** The way into the interface that has an if_id; empty if nobody knows of one. */
    Optional<Way> through(IfId ifId);

    /** Addresses of the host whose ways these are, as far as they are known. */
    List<IpAddress> own();

    /** The address that the host itself would send from. */
    Optional<IpAddress> source(RouteQuery query);

    /** Whether the route is one for packets to all hosts of a link, as far as that is known. */
    default boolean isBroadcast(RouteQuery query) {
        return false;
    }

    /**
     * What is known of a way in clear.
     *
     * @param way empty if nothing is known of it, or there is none
     * @param refused whether there is none, so that nothing is sent
     */
    record Clear(Optional<Way> way, boolean refused) {
        public static final Clear UNKNOWN = new Clear(Optional.empty(), false);
        public static final Clear REFUSED = new Clear(Optional.empty(), true);

        public static Clear by(Way way) {
            return new Clear(Optional.of(way), false);
        }
    }

    /** Ways of a host that is not this one: all that is known is how long packets may be between the gateways. */
    static Ways given(int mtu) {
        return given(mtu, List.of());
    }

    /** As above, with the interfaces that the definition has. */
    static Ways given(int mtu, List<LogicalInterface> interfaces) {
        return new GivenWays(mtu, interfaces);
    }
}
