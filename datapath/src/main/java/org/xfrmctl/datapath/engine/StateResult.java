package org.xfrmctl.datapath.engine;

import java.util.Optional;

/** What came of a change to the SAD, and the association that stands there now if it was {@link Outcome#DONE}. */
public record StateResult(Outcome outcome, Optional<SecurityAssociation> association) {
    static StateResult of(Outcome outcome) {
        return new StateResult(outcome, Optional.empty());
    }

    static StateResult done(SecurityAssociation association) {
        return new StateResult(Outcome.DONE, Optional.of(association));
    }
}
