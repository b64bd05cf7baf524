package org.xfrmctl.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.kernel.KernelSession;
import org.xfrmctl.cli.kernel.LinkSession;
import org.xfrmctl.manager.journal.JournalRecord;
import org.xfrmctl.manager.link.LinkNews;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.plan.PlanConflictException;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.manager.watch.InterfaceKeeper;
import org.xfrmctl.manager.watch.Keeper;
import org.xfrmctl.manager.watch.Rests;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.xfrm.EventStream;

/** The interfaces of the children that a watch keeps. A kernel that cannot do what they need is their trouble alone. */
final class WatchedInterfaces {
    private final Kernel kernel;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Rests rests = new Rests();

    /** Whether something was told since the last question, or nothing is told at all. */
    private volatile boolean told;

    private volatile boolean deaf;

    WatchedInterfaces(Kernel kernel, PrintWriter out, PrintWriter err) {
        this.kernel = kernel;
        this.out = out;
        this.err = err;
    }

    /** Listens from now on, and runs {@code wake} when it heard of something; closing what it gives ends that. */
    Optional<EventStream> listen(Runnable wake) {
        Optional<EventStream> events = kernel.openRoute().map(transport -> new EventStream(transport, LinkNews.GROUPS));
        events.ifPresent(stream -> {
            Thread listener = new Thread(() -> run(stream, wake), "link events");
            listener.setDaemon(true);
            listener.start();
        });
        return events;
    }

    private void run(EventStream events, Runnable wake) {
        try {
            events.run(new EventStream.Receiver() {
                @Override
                public void message(NetlinkMessage message, OptionalInt namespace) {
                    if (LinkNews.concerns(message)) {
                        lost();
                    }
                }

                @Override
                public void lost() {
                    told = true;
                    wake.run();
                }
            });
        } catch (RuntimeException e) {
            deaf = true;
            events.close();
            err.println(
                    "warning: the kernel's events of links end here: from now on it looks for interfaces as often as it"
                            + " polls: " + e.getMessage());
            err.flush();
        }
    }

    /** Makes the interfaces of a child around its run. */
    void around(Wanted wanted, Goal goal, ChildName child, Runnable run) {
        try {
            new UsedInterfaces(kernel, wanted, goal, Set.of(child)).around(run, out, err);
        } catch (CommandFailedException e) {
            throw new PlanConflictException(List.of(child + ": " + e.getMessage()));
        }
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

    /** Behind what a keeper has done: mends interfaces, and adds what there is to tell of that. */
    Keeper.Look after(Keeper.Look first, Wanted wanted, JournalRecord record, KernelSession session) {
        told = false;
        InterfaceKeeper keeper = keeper(wanted);
        if (keeper.children(record).isEmpty()) {
            return first;
        }
        try (LinkSession links = UsedInterfaces.open(kernel)) {
            return keeper.after(first, record, links.tables(), session::snapshot);
        } catch (NetlinkException | CommandFailedException e) {
            return keeper.failed(first, record, String.valueOf(e.getMessage()));
        }
    }

    private InterfaceKeeper keeper(Wanted wanted) {
        return new InterfaceKeeper(wanted, Clock.systemUTC(), rests);
    }

    /** Everything is tried again at the next look. */
    void endRests() {
        rests.end();
    }
}
