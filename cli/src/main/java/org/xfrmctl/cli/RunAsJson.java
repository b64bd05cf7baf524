package org.xfrmctl.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.xfrmctl.cli.render.PlanJson;
import org.xfrmctl.cli.render.RunJson;
import org.xfrmctl.manager.link.LinkChange;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.plan.Plan;
import org.xfrmctl.manager.route.RouteChange;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.definition.PolicyOptions.OnDown;

/** Tells programs of a run, by one object when it has come to its end; warnings also people, for it may not get there. */
final class RunAsJson implements RunTold {
    private final PrintWriter out;
    private final RunText warned;
    private final List<LinkChange> links = new ArrayList<>();
    private final List<Plan> plans = new ArrayList<>();
    private final List<RouteChange> routes = new ArrayList<>();
    private final List<RunJson.Child> children = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    RunAsJson(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.warned = new RunText(out, err);
    }

    @Override
    public void warning(String what) {
        warnings.add(what);
        warned.warning(what);
    }

    @Override
    public void link(LinkChange change) {
        links.add(change);
    }

    @Override
    public void changed(Plan done) {
        plans.add(done);
        done.warnings().forEach(warned::warning);
    }

    @Override
    public void route(RouteChange change) {
        routes.add(change);
    }

    @Override
    public void child(ChildName name, Goal goal, OnDown onDown) {
        children.add(RunJson.Child.defined(name, goal, onDown));
    }

    @Override
    public void undefined(ChildName name) {
        children.add(RunJson.Child.undefined(name));
    }

    @Override
    public void end() {
        out.println(RunJson.print(PlanJson.members(plans, links, routes, warnings), children));
        out.flush();
    }
}
