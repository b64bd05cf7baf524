package org.xfrmctl.manager.watch;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.xfrmctl.manager.journal.AskedRoute;
import org.xfrmctl.manager.journal.Journal;
import org.xfrmctl.manager.journal.JournalRecord;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.manager.route.RouteChange;
import org.xfrmctl.manager.route.RoutePlan;
import org.xfrmctl.manager.route.RoutePlanner;
import org.xfrmctl.manager.route.RouteRun;
import org.xfrmctl.manager.route.RouteRunException;
import org.xfrmctl.manager.route.RouteTables;
import org.xfrmctl.manager.route.Routed;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.netlink.NetlinkException;

/**
 * Keeps the routes of children with {@code mtu} or {@code mss}, whoever has removed one since, and has them follow the ways that
 * they are copies of. It comes behind the {@link Keeper} and the {@link InterfaceKeeper}, by whose interfaces they may lead.
 */
public final class RouteKeeper {
    private final Clock clock;
    private final RouteRepairs repairs;

    /** With what is remembered from one look to the next. */
    public RouteKeeper(Clock clock, RouteRepairs repairs) {
        this.clock = clock;
        this.repairs = repairs;
    }

    /** What there is to keep, by what runs have done. */
    public static RoutePlan plan(Wanted wanted, JournalRecord record, RouteTables tables) {
        return RoutePlanner.plan(Routed.of(wanted, record), tables);
    }

    /**
     * One look, and the repair of what is not as it should be.
     *
     * @param first what others have told of the same look, to which this adds
     * @param journal learns what is asked for
     * @param current asked before the first change; if what is wanted is not that any more, none is made
     */
    public Keeper.Look after(
            Keeper.Look first, Wanted wanted, Journal journal, RouteTables tables, BooleanSupplier current) {
        RoutePlan plan;
        try {
            plan = plan(wanted, journal.read(), tables);
        } catch (NetlinkException e) {
            return failed(first, String.valueOf(e.getMessage()));
        }
        Instant now = clock.instant();
        Set<String> reasons = new LinkedHashSet<>();
        plan.changes().forEach(change -> repairs.trouble(change, now).ifPresent(reasons::add));
        List<RouteChange> due = plan.changes().stream()
                .filter(change -> repairs.trouble(change, now).isEmpty())
                .toList();
        List<String> done = new ArrayList<>(first.done());
        List<KeptRun> runs = new ArrayList<>(first.runs());
        boolean toBeNoted = isToBeNoted(journal.read(), plan.asked());
        boolean isCurrent = (toBeNoted || !due.isEmpty()) && current.getAsBoolean();
        if (toBeNoted && isCurrent) {
            note(journal, plan.asked());
        }
        if (!due.isEmpty() && isCurrent) {
            repairs.begin(due, now);
            try {
                RouteRun.apply(due, tables);
                runs.add(run(true));
                done.add(Deed.REPAIRED_ROUTES + " of children");
                due.stream().map(RouteChange::toString).forEach(change -> done.add("  " + change));
            } catch (RouteRunException | NetlinkException e) {
                runs.add(run(false));
                repairs.refused(due, String.valueOf(e.getMessage()));
                reasons.add(String.valueOf(e.getMessage()));
            }
        }
        List<String> troubles = new ArrayList<>(first.troubles());
        reasons.forEach(reason -> troubles.add(trouble(reason)));
        List<String> notes = new ArrayList<>(first.notes());
        plan.warnings().forEach(warning -> notes.add(warning.toString()));
        return new Keeper.Look(done, troubles, notes, runs);
    }

    /** Whether children ask for other routes than the journal says, or for some of which it says nothing. */
    public static boolean isToBeNoted(JournalRecord record, Map<ChildName, List<AskedRoute>> asked) {
        return !record.asking(asked).equals(record);
    }

    /**
     * Writes down what children ask for, for those who share routes with them and do not know their definition.
     *
     * @throws org.xfrmctl.manager.journal.JournalException if that cannot be written
     */
    public static void note(Journal journal, Map<ChildName, List<AskedRoute>> asked) {
        JournalRecord record = journal.read();
        if (isToBeNoted(record, asked)) {
            journal.write(record.asking(asked));
        }
    }

    private static KeptRun run(boolean done) {
        return new KeptRun(Optional.empty(), Deed.REPAIRED_ROUTES, done);
    }

    /** A look at a kernel that does not even say what routes it has. */
    public static Keeper.Look failed(Keeper.Look first, String why) {
        List<String> troubles = new ArrayList<>(first.troubles());
        troubles.add(trouble(why));
        List<KeptRun> runs = new ArrayList<>(first.runs());
        runs.add(run(false));
        return new Keeper.Look(first.done(), troubles, first.notes(), runs);
    }

    private static String trouble(String why) {
        return "the routes of children are not as they should be: " + why;
    }
}
