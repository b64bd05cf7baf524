package org.xfrmctl.cli;

import org.xfrmctl.manager.link.LinkChange;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.plan.Plan;
import org.xfrmctl.manager.route.RouteChange;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.definition.PolicyOptions.OnDown;

/** Is told what a run does, when it has done it. */
interface RunTold {
    /** What is as it should not be, and does not stop the run. */
    void warning(String what);

    void link(LinkChange change);

    void changed(Plan done);

    void route(RouteChange change);

    /** A child has got to the goal. */
    void child(ChildName name, Goal goal, OnDown onDown);

    /** A child is removed that the definition does not know any more. */
    void undefined(ChildName name);

    /** The run has got where it was to get. */
    void end();
}
