package org.xfrmctl.manager.watch;

import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.plan.Plan;
import org.xfrmctl.model.definition.ChildName;

/** What a run of a child needs before and behind it, and is none of states and policies: its interfaces. */
@FunctionalInterface
public interface AroundRun {
    /** Calls {@code run} once, or throws as a run does, so that it counts as trouble of this child. */
    void run(Goal goal, ChildName child, Runnable run);

    /**
     * Called before the first change of a run.
     *
     * @throws org.xfrmctl.manager.journal.JournalException if it must not be made
     */
    default void check(Goal goal, ChildName child, Plan plan) {}
}
