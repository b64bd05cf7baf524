package org.xfrmctl.datapath.engine;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Tells of sequence numbers that move, as long as somebody listens ({@code xfrm_aevent_is_on()}). */
final class StateReports {
    private final XfrmNamespace namespace;
    /** Whose numbers have moved, but not by enough to be told at once. */
    private final Set<SecurityAssociation> untold = new LinkedHashSet<>();

    StateReports(XfrmNamespace namespace) {
        this.namespace = namespace;
    }

    /** A packet moved the numbers of a state; it is not counted yet. */
    void moved(SecurityAssociation association) {
        if (!namespace.events().wantsMoves()) {
            return;
        }
        ReplayReports.Cause cause = association.reports().moved(association.replay(), namespace.millis());
        if (cause == null) {
            untold.add(association);
        } else {
            untold.remove(association);
            namespace.events().stateMoved(association.snapshot(), cause);
        }
    }

    /** Tells what has waited long enough. */
    void runTimers() {
        if (untold.isEmpty()) {
            return;
        }
        long now = namespace.millis();
        for (SecurityAssociation association : List.copyOf(untold)) {
            if (!association.isValid()) {
                untold.remove(association);
            } else if (now >= association.reports().due()) {
                untold.remove(association);
                if (namespace.events().wantsMoves() && association.reports().ranOut(association.replay(), now)) {
                    namespace.events().stateMoved(association.snapshot(), ReplayReports.Cause.TIMER);
                }
            }
        }
    }
}
