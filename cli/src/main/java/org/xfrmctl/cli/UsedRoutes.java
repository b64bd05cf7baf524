package org.xfrmctl.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.kernel.LinkSession;
import org.xfrmctl.manager.journal.Journal;
import org.xfrmctl.manager.journal.JournalException;
import org.xfrmctl.manager.journal.JournalRecord;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.manager.route.RoutePlan;
import org.xfrmctl.manager.route.RoutePlanner;
import org.xfrmctl.manager.route.RouteRun;
import org.xfrmctl.manager.route.Routed;
import org.xfrmctl.manager.route.RoutedChild;
import org.xfrmctl.manager.watch.RouteKeeper;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.netlink.NetlinkException;

/**
 * The routes by which the children that are up have their {@code mtu} and {@code mss}. They come behind all else of a run, and
 * so does taking them away: which packets are protected is none of theirs.
 */
final class UsedRoutes {
    private final Kernel kernel;
    private final Wanted wanted;

    UsedRoutes(Kernel kernel, Wanted wanted) {
        this.kernel = kernel;
        this.wanted = wanted;
    }

    /** What would have to change if runs had done what this says. */
    RoutePlan plan(JournalRecord record) {
        Routed routed = Routed.of(wanted, record);
        Optional<LinkSession> links = kernel.openLinks();
        if (links.isEmpty()) {
            return without(routed);
        }
        try (LinkSession session = links.get()) {
            return RoutePlanner.plan(routed, session.routes());
        }
    }

    /** Makes what a run for a goal and some children has left to do, when the journal says what that takes. */
    void after(Goal goal, Set<ChildName> chosen, Journal journal, RunTold told) {
        if (goal == Goal.LOCKDOWN) {
            return;
        }
        Routed routed = Routed.of(wanted, journal.read());
        Optional<LinkSession> links = kernel.openLinks();
        if (links.isEmpty()) {
            warn(without(routed).about(chosen), told);
            return;
        }
        try (LinkSession session = links.get()) {
            RoutePlan plan = RoutePlanner.plan(routed, session.routes());
            warn(plan.about(chosen), told);
            note(journal, plan);
            RouteRun.apply(plan.changes(), session.routes());
            plan.changes().forEach(told::route);
        } catch (NetlinkException e) {
            if (routed.asks()) {
                throw e;
            }
            told.warning("whether routes of earlier runs are left was not to be seen: " + e.getMessage());
        }
    }

    private static void note(Journal journal, RoutePlan plan) {
        try {
            RouteKeeper.note(journal, plan.asked());
        } catch (JournalException e) {
            throw new JournalException("all else of the run was done, but no route was changed: " + e.getMessage(), e);
        }
    }

    private static RoutePlan without(Routed routed) {
        return new RoutePlan(
                List.of(),
                routed.up().stream()
                        .filter(RoutedChild::asks)
                        .map(
                                each -> new RoutePlan.Warning(
                                        each.child().name(),
                                        "mtu and mss take no effect on this kernel, which has states and policies and no routes"))
                        .toList(),
                Map.of(),
                List.of());
    }

    private static void warn(RoutePlan plan, RunTold told) {
        plan.warnings().forEach(warning -> told.warning(warning.toString()));
    }
}
