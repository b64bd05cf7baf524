package org.xfrmctl.datapath.engine;

import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.Selector;

/**
 * From which prefix lengths on policies of a family are hashed ({@code xfrm_policy_hthresh}). All that it changes is who
 * wins among policies of one priority: see {@link PolicyOrder#match}.
 *
 * @param local of the addresses on this side
 * @param remote of those on the other
 */
public record HashThreshold(int local, int remote) {

    /** Only policies between single addresses. */
    static HashThreshold hosts(Family family) {
        return new HashThreshold(family.bits(), family.bits());
    }

    /** The least length of a source prefix. */
    int ofSource(Direction direction) {
        return isOutbound(direction) ? local : remote;
    }

    int ofDestination(Direction direction) {
        return isOutbound(direction) ? remote : local;
    }

    private static boolean isOutbound(Direction direction) {
        return direction == Direction.OUT || direction == Direction.SOCKET_OUT;
    }

    boolean covers(Selector selector, Direction direction) {
        return selector.source().length() >= ofSource(direction)
                && selector.destination().length() >= ofDestination(direction);
    }
}
