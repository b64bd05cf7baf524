package org.xfrmctl.datapath.engine;

import java.util.Optional;

/** Sees each packet in transit between the routing decision and the transforms, and may change what is in it. */
@FunctionalInterface
public interface Passage {
    /** The length must stay; {@code bundle} is empty for a packet that goes on in clear. */
    void pass(Packet packet, Optional<Bundle> bundle);
}
