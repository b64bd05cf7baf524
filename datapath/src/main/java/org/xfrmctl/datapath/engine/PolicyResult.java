package org.xfrmctl.datapath.engine;

import java.util.Optional;

/** What came of a change to the SPD, and the policy that stands there now if it was {@link Outcome#DONE}. */
public record PolicyResult(Outcome outcome, Optional<PolicyEntry> policy) {}
