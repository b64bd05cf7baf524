package org.xfrmctl.manager.mtu;

import java.util.Optional;
import org.xfrmctl.netlink.route.RouteQuery;

/** What is known of the ways of packets. */
public interface Ways {
    /**
     * The way of what comes out of all transforms.
     *
     * @throws org.xfrmctl.netlink.NetlinkException if there is none
     */
    Way outer(RouteQuery query);

    /** The way that a packet would take in clear, which bounds it as well; empty if nothing is known of it. */
    Optional<Way> inner(RouteQuery query);

    /** Ways of a host that is not this one: all that is known is how long packets may be between the gateways. */
    static Ways given(int mtu) {
        return new Ways() {
            @Override
            public Way outer(RouteQuery query) {
                return Way.given(mtu);
            }

            @Override
            public Optional<Way> inner(RouteQuery query) {
                return Optional.empty();
            }
        };
    }
}
