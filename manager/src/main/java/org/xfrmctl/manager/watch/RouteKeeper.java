package org.xfrmctl.manager.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.xfrmctl.manager.journal.JournalRecord;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.manager.route.RouteChange;
import org.xfrmctl.manager.route.RoutePlan;
import org.xfrmctl.manager.route.RoutePlanner;
import org.xfrmctl.manager.route.RouteRun;
import org.xfrmctl.manager.route.RouteRunException;
import org.xfrmctl.manager.route.RouteTables;
import org.xfrmctl.manager.route.Routed;
import org.xfrmctl.netlink.NetlinkException;

/**
 * Keeps the routes of children with {@code mtu} or {@code mss}, whoever has removed one since, and has them follow the ways that
 * they are copies of. It comes behind the {@link Keeper} and the {@link InterfaceKeeper}, by whose interfaces they may lead.
 */
public final class RouteKeeper {
    private RouteKeeper() {}

    /** What there is to keep, by what runs have done. */
    public static RoutePlan plan(Wanted wanted, JournalRecord record, RouteTables tables) {
        return RoutePlanner.plan(Routed.of(wanted, record), tables);
    }

    /**
     * One look, and the repair of what is not as it should be.
     *
     * @param first what others have told of the same look, to which this adds
     * @param current asked before the first change; if what is wanted is not that any more, none is made
     */
    public static Keeper.Look after(
            Keeper.Look first, Wanted wanted, JournalRecord record, RouteTables tables, BooleanSupplier current) {
        try {
            RoutePlan plan = plan(wanted, record, tables);
            List<String> done = new ArrayList<>(first.done());
            List<KeptRun> runs = new ArrayList<>(first.runs());
            if (!plan.changes().isEmpty() && current.getAsBoolean()) {
                RouteRun.apply(plan.changes(), tables);
                runs.add(new KeptRun(Optional.empty(), Deed.REPAIRED_ROUTES, true));
                done.add(Deed.REPAIRED_ROUTES + " of children");
                plan.changes().stream().map(RouteChange::toString).forEach(change -> done.add("  " + change));
            }
            List<String> notes = new ArrayList<>(first.notes());
            plan.warnings().forEach(warning -> notes.add(warning.toString()));
            return new Keeper.Look(done, first.troubles(), notes, runs);
        } catch (RouteRunException | NetlinkException e) {
            return failed(first, String.valueOf(e.getMessage()));
        }
    }

    /** A look at a kernel that does not even say what routes it has. */
    public static Keeper.Look failed(Keeper.Look first, String why) {
        List<String> troubles = new ArrayList<>(first.troubles());
        troubles.add("the routes of children are not as they should be: " + why);
        List<KeptRun> runs = new ArrayList<>(first.runs());
        runs.add(new KeptRun(Optional.empty(), Deed.REPAIRED_ROUTES, false));
        return new Keeper.Look(first.done(), troubles, first.notes(), runs);
    }
}
