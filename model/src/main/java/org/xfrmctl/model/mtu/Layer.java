package org.xfrmctl.model.mtu;

import java.util.ArrayList;
import java.util.List;
import org.xfrmctl.model.XfrmState;

/**
 * One state of a sum.
 *
 * @param before the longest packet that may come out of it
 * @param overhead what it takes of every packet
 */
public record Layer(XfrmState state, int before, Overhead overhead) {

    /** The longest packet that may go into it. */
    public int left() {
        return overhead.through(before);
    }

    /** All that it takes, with what is lost to alignment: where something is left, what lies between before and left. */
    public List<Share> shares() {
        List<Share> shares = new ArrayList<>(overhead.shares());
        if (overhead.isAligned()) {
            shares.add(new Share(Part.ALIGNMENT, lost()));
        }
        return shares;
    }

    /** What no packet can use. */
    public int lost() {
        return overhead.lost(before);
    }

    /** Whether {@link #left} goes by steps of several bytes. */
    public boolean isAligned() {
        return overhead.isAligned();
    }

    /** The step: the least by which more room is of use. */
    public int block() {
        return overhead.block();
    }
}
