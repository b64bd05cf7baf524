package org.xfrmctl.model;

import java.util.Optional;

/**
 * ESP in UDP, and what goes with it.
 *
 * @param encap the encapsulation
 * @param keepalive seconds of silence after which the kernel sends a keepalive (since Linux 6.11); 0 for none
 * @param mappingTimer the least seconds between two events about the same new port of a peer; 0 for no limit
 */
public record NatTraversal(Optional<Encap> encap, int keepalive, int mappingTimer) {
    public static final NatTraversal NONE = new NatTraversal(Optional.empty(), 0, 0);

    public static NatTraversal of(Encap encap) {
        return new NatTraversal(Optional.of(encap), 0, 0);
    }
}
