package org.xfrmctl.manager.watch;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.manager.journal.JournalRecord;
import org.xfrmctl.manager.journal.UnfinishedRun;
import org.xfrmctl.manager.link.HeldLink;
import org.xfrmctl.manager.link.LinkChange;
import org.xfrmctl.manager.link.LinkPlanner;
import org.xfrmctl.manager.link.LinkRun;
import org.xfrmctl.manager.link.LinkRunException;
import org.xfrmctl.manager.link.LinkTables;
import org.xfrmctl.manager.link.LinkUse;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.plan.PlanConflictException;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.definition.LogicalInterface;
import org.xfrmctl.model.definition.PolicyOptions.OnDown;
import org.xfrmctl.netlink.NetlinkException;

/**
 * Keeps the interfaces of children whose last run made them, whoever has removed them or something of them since: without its
 * routes packets would pass a child by. What the children themselves need is the {@link Keeper}'s, which comes before.
 *
 * <p>An interface that is as it should be costs its part of one dump.
 */
public final class InterfaceKeeper {
    private final Wanted wanted;
    private final Clock clock;
    private final Rests rests;

    /**
     * With what is remembered from one look to the next.
     *
     * @param rests not those of a {@link Keeper}: a child stays up while its interface gives trouble
     */
    public InterfaceKeeper(Wanted wanted, Clock clock, Rests rests) {
        this.wanted = wanted;
        this.clock = clock;
        this.rests = rests;
    }

    /**
     * The children whose interfaces are kept: for whom something was done, but not those that are down and whose packets may
     * pass. Blocks stop nothing when the route to them is gone.
     */
    public List<ChildName> children(JournalRecord record) {
        return wanted.outline().children().stream()
                .filter(child -> isKept(child, record))
                .map(DesiredChild::name)
                .filter(child -> !interfaces(child, record).isEmpty())
                .toList();
    }

    private static boolean isKept(DesiredChild child, JournalRecord record) {
        Optional<Goal> last = Optional.ofNullable(record.unfinished().get(child.name()))
                .map(UnfinishedRun::goal)
                .or(() -> Optional.ofNullable(record.goals().get(child.name())));
        return last.filter(goal -> goal != Goal.DOWN || child.onDown() == OnDown.BLOCK)
                .isPresent();
    }

    /** Without those that somebody has removed by a command. */
    private List<LogicalInterface> interfaces(ChildName child, JournalRecord record) {
        return wanted.interfaces(Set.of(child)).stream()
                .filter(each -> !record.unkept().contains(each.name()))
                .toList();
    }

    /** Whether a look would change something, or have trouble that the last one had not. */
    public boolean isAmiss(JournalRecord record, LinkTables tables) {
        List<ChildName> children = children(record);
        if (children.isEmpty()) {
            return false;
        }
        List<HeldLink> present = tables.list();
        return children.stream()
                .filter(child -> rests.troubles(child, clock.instant()).isEmpty())
                .anyMatch(child -> isAmiss(interfaces(child, record), present));
    }

    private boolean isAmiss(List<LogicalInterface> interfaces, List<HeldLink> present) {
        try {
            return !plan(interfaces, present).isEmpty();
        } catch (PlanConflictException e) {
            return true;
        }
    }

    private List<LinkChange> plan(List<LogicalInterface> interfaces, List<HeldLink> present) {
        return LinkPlanner.up(interfaces, wanted.interfaces(), present);
    }

    /**
     * One look, and the repair of what is not as it should be.
     *
     * @param first what a {@link Keeper} has told of the same look, to which this adds
     * @param kernel the states and policies at the time of asking
     * @param current asked before the first change; if what is wanted is not that any more, none is made
     */
    public Keeper.Look after(
            Keeper.Look first,
            JournalRecord record,
            LinkTables tables,
            Supplier<Snapshot> kernel,
            BooleanSupplier current) {
        List<String> done = new ArrayList<>(first.done());
        List<String> troubles = new ArrayList<>(first.troubles());
        List<KeptRun> runs = new ArrayList<>(first.runs());
        Present present = new Present(tables, kernel, current);
        for (ChildName child : children(record)) {
            List<String> before = rests.troubles(child, clock.instant());
            troubles.addAll(before);
            if (before.isEmpty()) {
                int known = done.size();
                List<String> found = keep(child, interfaces(child, record), present, done);
                if (!found.isEmpty() || done.size() > known) {
                    runs.add(KeptRun.of(child, Deed.REPAIRED_INTERFACES, found.isEmpty()));
                }
                rests.after(child, found, clock.instant());
                troubles.addAll(found);
            }
        }
        return new Keeper.Look(done, troubles, first.notes(), runs);
    }

    /** A look at a kernel that does not even say what links it has: each child is told why. */
    public Keeper.Look failed(Keeper.Look first, JournalRecord record, String why) {
        List<String> troubles = new ArrayList<>(first.troubles());
        children(record).forEach(child -> troubles.add(child + ": " + why));
        return new Keeper.Look(first.done(), troubles, first.notes(), first.runs());
    }

    /** Gives what could not be done. */
    private List<String> keep(ChildName child, List<LogicalInterface> interfaces, Present present, List<String> done) {
        try {
            List<LinkChange> changes = plan(interfaces, present.links());
            if (changes.isEmpty() || !present.isToChange()) {
                return List.of();
            }
            for (LogicalInterface each : interfaces) {
                if (each.kind() instanceof LogicalInterface.Kind.Tunnel tunnel
                        && !LinkUse.isGuarded(tunnel, present.kernel.get().policies())) {
                    return List.of(child + ": interface " + each.name()
                            + " is left as it is: there is no policy for what it sends, which would be in clear");
                }
            }
            present.change(changes);
            done.add(Deed.REPAIRED_INTERFACES + " of " + child);
            changes.forEach(change -> done.add("  " + change));
            return List.of();
        } catch (PlanConflictException | LinkRunException | NetlinkException e) {
            return List.of(child + ": " + e.getMessage());
        }
    }

    /** What one look knows: the links are listed once, and again when it has changed them. */
    private static final class Present {
        private final LinkTables tables;
        private final Supplier<Snapshot> kernel;
        private final BooleanSupplier current;
        private Optional<List<HeldLink>> links = Optional.empty();
        private Optional<Boolean> toChange = Optional.empty();

        Present(LinkTables tables, Supplier<Snapshot> kernel, BooleanSupplier current) {
            this.tables = tables;
            this.kernel = kernel;
            this.current = current;
        }

        List<HeldLink> links() {
            List<HeldLink> known = links.orElseGet(tables::list);
            links = Optional.of(known);
            return known;
        }

        /** Asked once. */
        boolean isToChange() {
            boolean answer = toChange.orElseGet(current::getAsBoolean);
            toChange = Optional.of(answer);
            return answer;
        }

        void change(List<LinkChange> changes) {
            links = Optional.empty();
            LinkRun.apply(changes, tables);
        }
    }
}
