package org.xfrmctl.cli;

import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.kernel.LinkSession;
import org.xfrmctl.manager.journal.Journal;
import org.xfrmctl.manager.journal.JournalRecord;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.manager.route.RouteNews;
import org.xfrmctl.manager.route.RoutePlan;
import org.xfrmctl.manager.route.Routed;
import org.xfrmctl.manager.watch.Keeper;
import org.xfrmctl.manager.watch.RouteKeeper;
import org.xfrmctl.manager.watch.RouteRepairs;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.message.NetlinkMessage;

/** The routes of the children that a watch keeps. */
final class WatchedRoutes {
    private final Kernel kernel;

    private final RouteRepairs repairs = new RouteRepairs();

    /** Where packets go whose way matters; read by the thread that listens. */
    private volatile Set<IpPrefix> destinations = Set.of();

    /** Whether something was told since the last question. */
    private volatile boolean told;

    /** Whether there may be routes of ours: of an earlier run, as long as nobody has looked. */
    private boolean leftovers = true;

    WatchedRoutes(Kernel kernel) {
        this.kernel = kernel;
    }

    boolean concerns(NetlinkMessage message) {
        return RouteNews.concerns(message, destinations);
    }

    /** A link was set down, or has gone; from any thread. */
    void linkDown(String device) {
        repairs.linkDown(device);
    }

    /** Something has changed that they may depend on. */
    void tell() {
        told = true;
    }

    /**
     * Whether there is something to mend: what was told is looked at, and changes nothing.
     *
     * @param deaf whether nothing is told at all
     */
    boolean isAmiss(Wanted wanted, JournalRecord record, boolean deaf) {
        if (!told && !deaf) {
            return false;
        }
        told = false;
        Routed routed = Routed.of(wanted, record);
        Optional<LinkSession> links = routed.asks() ? kernel.openLinks() : Optional.empty();
        if (links.isEmpty()) {
            return false;
        }
        try (LinkSession session = links.get()) {
            RoutePlan plan = RouteKeeper.plan(wanted, record, session.routes());
            return !plan.changes().isEmpty() || RouteKeeper.isToBeNoted(record, plan.asked());
        } catch (NetlinkException e) {
            return true;
        }
    }

    /**
     * Behind what others have done: mends routes, and adds what there is to tell of that.
     *
     * @param journal learns what is asked for
     * @param current asked before the first change whether nothing newer is wanted; if something is, nothing is changed
     */
    Keeper.Look after(Keeper.Look first, Wanted wanted, Journal journal, BooleanSupplier current) {
        told = false;
        JournalRecord record = journal.read();
        Routed routed = Routed.of(wanted, record);
        destinations = routed.ways();
        if (!routed.asks() && !leftovers) {
            if (RouteKeeper.isToBeNoted(record, routed.asksForNone()) && current.getAsBoolean()) {
                RouteKeeper.note(journal, routed.asksForNone());
            }
            return first;
        }
        Optional<LinkSession> links = kernel.openLinks();
        if (links.isEmpty()) {
            return first;
        }
        try (LinkSession session = links.get()) {
            Keeper.Look look = new RouteKeeper(Clock.systemUTC(), repairs)
                    .after(first, wanted, journal, session.routes(), current);
            leftovers = routed.asks();
            return look;
        } catch (NetlinkException e) {
            return RouteKeeper.failed(first, String.valueOf(e.getMessage()));
        }
    }

    /** Everything is tried again at the next look. */
    void endRests() {
        repairs.end();
    }
}
