package org.xfrmctl.cli.explain;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.xfrmctl.datapath.engine.Routing;
import org.xfrmctl.datapath.explain.Tables;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;

/**
 * What is known of a host.
 *
 * @param isLocal knows its addresses; all may be its own where they are not known
 * @param entrance the XFRM interface by which the route to an address leads, if it does so
 * @param ways where its ways come from, for people
 */
public record HostView(
        Tables tables,
        Routing routing,
        Predicate<IpAddress> isLocal,
        Function<IpAddress, Optional<IfId>> entrance,
        String ways) {
    /** One whose ways all are of this MTU; all addresses may be its own. */
    public static HostView withoutRoutes(Tables tables, int mtu, String told) {
        return new HostView(tables, new GivenRouting(mtu), address -> true, address -> Optional.empty(), told);
    }

    /** The same tables, addresses and interfaces with a way of this MTU to everywhere. */
    public HostView withWays(int mtu, String told) {
        return new HostView(tables, new GivenRouting(mtu), isLocal, entrance, told);
    }
}
