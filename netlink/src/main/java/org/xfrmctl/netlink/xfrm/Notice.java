package org.xfrmctl.netlink.xfrm;

import java.util.OptionalInt;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/** What an {@link XfrmMonitor} tells. */
public sealed interface Notice {
    /** All that was told before is void: a new account of the tables begins. */
    record Begun(Reason reason) implements Notice {}

    /** Why an account begins. */
    enum Reason {
        START,
        /** The kernel could not queue all events. */
        EVENTS_LOST,
        /** A migration, or a message of a newer kernel: what became of states and policies was not told. */
        UNTOLD
    }

    /** The kernel holds this state. Told in an account, and when an event does not say all. */
    record StatePresent(XfrmState state) implements Notice {}

    /** The kernel holds this policy. */
    record PolicyPresent(XfrmPolicy policy) implements Notice {}

    /** The account is complete: nothing that happened up to its end is missing. */
    record Synchronized() implements Notice {}

    /**
     * Something happened. Between {@link Begun} and {@link Synchronized} it may be old: the account may already show what
     * came of it, and it has to be taken as it is all the same, for the next events build on it.
     */
    record Happened(XfrmEvent event, Origin origin) implements Notice {}

    /**
     * Who caused an event.
     *
     * @param sequence of the request; 0 if the kernel acted by itself
     * @param portId as the request stated it; 0 if the kernel acted by itself, or the client did not say
     * @param namespace empty for the monitor's own
     */
    record Origin(int sequence, int portId, OptionalInt namespace) {}
}
