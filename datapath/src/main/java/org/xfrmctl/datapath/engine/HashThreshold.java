package org.xfrmctl.datapath.engine;

import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
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

    private int ofSource(Direction direction) {
        return isOutbound(direction) ? local : remote;
    }

    private int ofDestination(Direction direction) {
        return isOutbound(direction) ? remote : local;
    }

    private static boolean isOutbound(Direction direction) {
        return direction == Direction.OUT || direction == Direction.SOCKET_OUT;
    }

    boolean covers(Selector selector, Direction direction) {
        return selector.source().length() >= ofSource(direction)
                && selector.destination().length() >= ofDestination(direction);
    }

    /** The part of an address that is hashed. */
    IpAddress source(IpAddress address, Direction direction) {
        return cut(address, ofSource(direction));
    }

    IpAddress destination(IpAddress address, Direction direction) {
        return cut(address, ofDestination(direction));
    }

    private static IpAddress cut(IpAddress address, int bits) {
        return bits >= address.family().bits()
                ? address
                : new IpAddress(
                        address.family(),
                        word(address.word0(), bits),
                        word(address.word1(), bits - 32),
                        word(address.word2(), bits - 64),
                        word(address.word3(), bits - 96));
    }

    private static int word(int word, int bits) {
        if (bits >= 32) {
            return word;
        }
        return bits <= 0 ? 0 : word & -1 << (32 - bits);
    }
}
