package org.xfrmctl.cli.explain;

import java.util.function.Predicate;
import org.xfrmctl.datapath.engine.Routing;
import org.xfrmctl.datapath.explain.Tables;
import org.xfrmctl.model.IpAddress;

/**
 * What is known of a host.
 *
 * @param isLocal knows its addresses; all may be its own where they are not known
 * @param ways where its ways come from, for people
 */
public record HostView(Tables tables, Routing routing, Predicate<IpAddress> isLocal, String ways) {
    /** The same tables with a way of this MTU to everywhere. */
    public HostView withWays(int mtu, String told) {
        return new HostView(tables, new GivenRouting(mtu), isLocal, told);
    }
}
