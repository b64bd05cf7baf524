package org.xfrmctl.cli.explain;

import java.util.Optional;
import org.xfrmctl.datapath.engine.Routing;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;

/** What lies around a host's tables: its addresses, its interfaces and how it routes packets. */
public interface Surroundings extends AutoCloseable {
    /** Whether it is one of the host's addresses; all may be its own where they are not known. */
    boolean isLocal(IpAddress address);

    /** The ways of one packet, by the rules and routes that are for it. */
    Routing routing(Traveller packet);

    /** The XFRM interface by which the route of a packet leads, if it does so. */
    Optional<IfId> entrance(Traveller packet);

    /** The index of an interface; 0 if there is none of that name. */
    int interfaceIndex(String name);

    /** Why the ways that were asked for until now may be others; empty if nothing speaks against them. */
    default Optional<String> doubt() {
        return Optional.empty();
    }

    @Override
    default void close() {}
}
