package org.xfrmctl.datapath.engine;

import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/** What a namespace does by itself and somebody may want to hear of. Called with the namespace's lock held. */
public interface XfrmEvents {
    /** Nobody listens. */
    XfrmEvents NONE = new XfrmEvents() {};

    /** A state reached a limit; at a hard one it is gone already. */
    default void stateExpired(XfrmState state, boolean hard) {}

    /** A policy reached a limit; at a hard one it is gone already. */
    default void policyExpired(XfrmPolicy policy, boolean hard) {}

    /** Whether anybody wants to hear of sequence numbers that move. */
    default boolean wantsMoves() {
        return false;
    }

    /** The sequence numbers of a state moved far enough, or long enough ago. */
    default void stateMoved(XfrmState state, ReplayReports.Cause cause) {}

    /** Packets of a state in UDP come from another address or port than it says. */
    default void peerMoved(XfrmState state, IpAddress source, int port) {}

    /** Whether anybody would take an {@link #acquire}; else no number is spent on one ({@code km_is_alive()}). */
    default boolean wantsAcquires() {
        return false;
    }

    /**
     * A policy needs a state that does not exist. Returns whether somebody took the request; only then the larval state
     * is kept ({@code km_query}).
     */
    default boolean acquire(XfrmState larval, XfrmPolicy policy) {
        return false;
    }
}
