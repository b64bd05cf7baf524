package org.xfrmctl.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.kernel.KernelSession;
import org.xfrmctl.cli.kernel.LinkSession;
import org.xfrmctl.manager.journal.Journal;
import org.xfrmctl.manager.journal.JournalException;
import org.xfrmctl.manager.journal.JournalRecord;
import org.xfrmctl.manager.link.LinkNews;
import org.xfrmctl.manager.link.LinkRunException;
import org.xfrmctl.manager.link.LinkUse;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.plan.Plan;
import org.xfrmctl.manager.plan.PlanConflictException;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.manager.watch.AroundRun;
import org.xfrmctl.manager.watch.InterfaceKeeper;
import org.xfrmctl.manager.watch.Keeper;
import org.xfrmctl.manager.watch.Rests;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.xfrm.EventStream;

/** The interfaces of the children that a watch keeps, and what is told of links and routes. A kernel that cannot do what they need is their trouble alone. */
final class WatchedInterfaces {
    private final Kernel kernel;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Rests rests = new Rests();
    private final WatchedRoutes routes;

    /** Whether something was told since the last question, or nothing is told at all. */
    private volatile boolean told;

    private volatile boolean deaf;

    WatchedInterfaces(Kernel kernel, WatchedRoutes routes, PrintWriter out, PrintWriter err) {
        this.kernel = kernel;
        this.routes = routes;
        this.out = out;
        this.err = err;
    }

    /** Listens from now on, and runs {@code wake} when it heard of something; closing what it gives ends that. */
    Optional<EventStream> listen(Runnable wake) {
        try {
            Optional<EventStream> events =
                    kernel.openRoute().map(transport -> new EventStream(transport, LinkNews.GROUPS));
            events.ifPresent(stream -> {
                Thread listener = new Thread(() -> run(stream, wake), "link events");
                listener.setDaemon(true);
                listener.start();
            });
            return events;
        } catch (NetlinkException e) {
            deafen("warning: the kernel tells no events of links: it", e);
            return Optional.empty();
        }
    }

    private void run(EventStream events, Runnable wake) {
        try {
            events.run(new EventStream.Receiver() {
                @Override
                public void message(NetlinkMessage message, OptionalInt namespace) {
                    LinkNews.down(message).ifPresent(routes::linkDown);
                    if (LinkNews.concerns(message) || routes.concerns(message)) {
                        lost();
                    }
                }

                @Override
                public void lost() {
                    told = true;
                    routes.tell();
                    wake.run();
                }
            });
        } catch (RuntimeException e) {
            events.close();
            deafen("warning: the kernel's events of links end here: from now on it", e);
        }
    }

    private void deafen(String what, RuntimeException why) {
        deaf = true;
        err.println(what + " looks for interfaces as often as it polls: " + why.getMessage());
        err.flush();
    }

    /**
     * What a look does around the runs of children.
     *
     * @param journal open for this look
     * @param current whether nothing newer is wanted; if something is, no interface of a child that was up is changed
     */
    AroundRun around(Wanted wanted, Journal journal, BooleanSupplier current) {
        return new AroundRun() {
            @Override
            public void run(Goal goal, ChildName child, Runnable run) {
                JournalRecord record = journal.read();
                boolean wasUp = isUp(record, child);
                if (wasUp && !current.getAsBoolean()) {
                    run.run();
                } else {
                    around(new UsedInterfaces(kernel, wanted, goal, Set.of(child), record.unkept()), wasUp, child, run);
                }
            }

            @Override
            public void check(Goal goal, ChildName child, Plan plan) {
                refuseBared(goal, child, plan);
            }
        };
    }

    /**
     * Makes the interfaces of a child around its run. What is in their way is trouble of a child that comes up; one that was
     * up stays looked after without, for {@link #after} tells of it.
     */
    private void around(UsedInterfaces interfaces, boolean wasUp, ChildName child, Runnable run) {
        AtomicBoolean begun = new AtomicBoolean();
        Runnable noted = () -> {
            begun.set(true);
            run.run();
        };
        try {
            interfaces.around(noted, new RunText(out, err));
        } catch (PlanConflictException | LinkRunException | NetlinkException | CommandFailedException e) {
            boolean behind = e instanceof LinkRunException links && links.isBehindChildren();
            if (begun.get() && !(behind && wasUp)) {
                throw e;
            }
            if (!wasUp) {
                throw new PlanConflictException(List.of(child + ": " + e.getMessage()));
            }
            if (!begun.get()) {
                run.run();
            }
        }
    }

    private static boolean isUp(JournalRecord record, ChildName child) {
        return !record.unfinished().containsKey(child)
                && record.goals().getOrDefault(child, Goal.DOWN).wantsTemplates();
    }

    private void refuseBared(Goal goal, ChildName child, Plan plan) {
        if (!LinkUse.mayBare(plan)) {
            return;
        }
        try (KernelSession session = new KernelSession(kernel.open())) {
            new BaredTunnels(kernel, goal).check(plan, session::snapshot);
        } catch (NetlinkException e) {
            throw new JournalException(child + ": nothing was changed: " + e.getMessage(), e);
        } catch (CommandFailedException e) {
            throw new JournalException(child + ": " + e.getMessage() + "; " + String.join("; ", e.advice()), e);
        }
    }

    /** Whether nothing is told, neither of links nor of routes. */
    boolean isDeaf() {
        return deaf;
    }

    /** Whether there may be something to mend: what was told is looked at, and changes nothing. */
    boolean isAmiss(Wanted wanted, JournalRecord record) {
        if (!told && !deaf) {
            return false;
        }
        told = false;
        InterfaceKeeper keeper = keeper(wanted);
        if (keeper.children(record).isEmpty()) {
            return false;
        }
        try (LinkSession links = UsedInterfaces.open(kernel)) {
            return keeper.isAmiss(record, links.tables());
        } catch (NetlinkException | CommandFailedException e) {
            return true;
        }
    }

    /**
     * Behind what a keeper has done: mends interfaces, and adds what there is to tell of that.
     *
     * @param current asked before the first change whether nothing newer is wanted; if something is, nothing is changed
     */
    Keeper.Look after(
            Keeper.Look first,
            Wanted wanted,
            JournalRecord record,
            Supplier<Snapshot> tables,
            BooleanSupplier current) {
        told = false;
        InterfaceKeeper keeper = keeper(wanted);
        if (keeper.children(record).isEmpty()) {
            return first;
        }
        try (LinkSession links = UsedInterfaces.open(kernel)) {
            return keeper.after(first, record, links.tables(), tables, current);
        } catch (NetlinkException | CommandFailedException e) {
            return keeper.failed(first, record, String.valueOf(e.getMessage()));
        }
    }

    private InterfaceKeeper keeper(Wanted wanted) {
        return new InterfaceKeeper(wanted, Clock.systemUTC(), rests);
    }

    /** Everything is tried again at the next look, with routes too. */
    void endRests() {
        rests.end();
        routes.endRests();
    }
}
