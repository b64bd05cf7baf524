package org.xfrmctl.manager.journal;

import java.time.Instant;
import org.xfrmctl.manager.plan.Goal;

/** A run that was announced: what for, by which process, and when. */
public record UnfinishedRun(Goal goal, long process, Instant since) {}
