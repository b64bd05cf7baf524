package org.xfrmctl.cli;

import java.io.PrintWriter;
import org.xfrmctl.manager.link.LinkChange;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.plan.Plan;
import org.xfrmctl.manager.route.RouteChange;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.definition.PolicyOptions.OnDown;

/** Tells people of a run, a line for each change as it is made. */
record RunText(PrintWriter out, PrintWriter err) implements RunTold {
    @Override
    public void warning(String what) {
        err.println("warning: " + what);
        err.flush();
    }

    @Override
    public void link(LinkChange change) {
        line(change.toString());
    }

    @Override
    public void changed(Plan done) {
        done.warnings().forEach(this::warning);
        out.print(done.text());
        out.flush();
    }

    @Override
    public void route(RouteChange change) {
        line(change.toString());
    }

    @Override
    public void child(ChildName name, Goal goal, OnDown onDown) {
        line(said(goal) + ": " + name + rest(goal, onDown));
    }

    @Override
    public void undefined(ChildName name) {
        line("removed: " + name + ", which is not defined any more");
    }

    @Override
    public void end() {
        out.flush();
    }

    private void line(String text) {
        out.println(text);
        out.flush();
    }

    private static String said(Goal goal) {
        return switch (goal) {
            case UP, APPLY -> "up";
            case DOWN -> "down";
            case LOCKDOWN -> "locked down";
            case TRAP -> "trapped";
            case REKEY_INBOUND -> "accepts new";
            case REKEY_OUTBOUND -> "sends new";
            case REKEY_FINISH -> "rekeyed";
            case REKEY_UNDO -> "back to old";
        };
    }

    private static String rest(Goal goal, OnDown onDown) {
        if (goal == Goal.REKEY_UNDO) {
            return ", and its new keys may have been used: give others before the next rekey";
        }
        if (goal != Goal.DOWN) {
            return "";
        }
        return switch (onDown) {
            case BLOCK -> ", its traffic is blocked (on_down: block)";
            case PASS -> ", its traffic passes in clear (on_down: pass)";
        };
    }
}
