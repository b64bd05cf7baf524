package org.xfrmctl.datapath.engine;

import java.util.Optional;
import org.xfrmctl.model.IpAddress;

/** What the engine asks of the host's routing table. */
@FunctionalInterface
public interface Routing {
    /** The way to a destination; empty if there is none. */
    Optional<Path> path(IpAddress destination);

    /**
     * A way.
     *
     * @param mtu what passes along it as far as is known: the link's MTU, or less if a router has said so
     * @param source the address that a packet without one would get
     * @param device the interface index
     */
    record Path(int mtu, IpAddress source, int device) {}
}
