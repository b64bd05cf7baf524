package org.xfrmctl.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.kernel.KernelSession;
import org.xfrmctl.cli.metrics.WatchFigures;
import org.xfrmctl.cli.service.ServiceNotice;
import org.xfrmctl.manager.journal.EpochStore;
import org.xfrmctl.manager.journal.Journal;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.manager.watch.Keeper;
import org.xfrmctl.manager.watch.Rests;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.XfrmGroup;
import org.xfrmctl.netlink.xfrm.EventStream;

/**
 * Looks after children until it is ended: at once when the kernel tells of a change to its tables, or that it could not
 * tell of all, and every now and then for what it does not tell, such as counters.
 */
final class Watch {
    /** After an event others follow; a repair waits until there are none for this long, but not forever. */
    private static final Duration QUIET = Duration.ofMillis(50);

    private static final Duration LONGEST = Duration.ofMillis(400);
    private static final int ENOUGH = 8;
    /** After this time it looks even if it has heard of nothing. */
    private static final Duration LONGEST_IDLENESS = Duration.ofMinutes(10);

    /** Without a listener to its acquires the kernel keeps no packet's wish for states. */
    private static final List<Integer> GROUPS = Stream.concat(XfrmGroup.TABLES.stream(), Stream.of(XfrmGroup.ACQUIRE))
            .toList();

    private final Kernel kernel;
    private final JournalOptions journals;
    private final Duration patience;
    private final Duration poll;
    private final ServiceNotice notice;
    private final PrintWriter out;
    private final PrintWriter err;
    private final BlockingQueue<Wake> wakes = new LinkedBlockingQueue<>();

    private List<String> told = List.of();
    private List<String> noted = List.of();
    private final Rests rests = new Rests();
    private final WatchedRoutes routes;
    private final WatchedInterfaces interfaces;

    /** Whether it was woken by nothing but the time. */
    private boolean idle;

    /** What the last whole look was for, and when it was. */
    private Wanted seen = Wanted.nothing();

    private long seenAt;

    private final OthersRuns others = new OthersRuns();

    private final WatchFigures figures = new WatchFigures(Clock.systemUTC());

    /** Whether the kernel tells of nothing any more. */
    private volatile boolean deaf;

    /** What is to be kept. */
    @FunctionalInterface
    interface Definition {
        /** What is wanted now; does not take long. */
        Wanted wanted();

        /** Whether that is still what is wanted. */
        default boolean isInForce(Wanted known) {
            return true;
        }

        /** Whether the files say nothing newer that somebody may have gone by; takes as long as reading them. */
        default boolean isCurrent() {
            return true;
        }

        /** Why something else, which is wanted too, cannot be understood; empty if there is nothing of the kind. */
        default Optional<String> trouble() {
            return Optional.empty();
        }
    }

    /** Why it looks. */
    private enum Wake {
        EVENT,
        /** Something has happened to links, which may be none of ours. */
        LINK,
        /** Somebody wants a look, whatever trouble there was. */
        ASKED,
        END
    }

    Watch(
            Kernel kernel,
            JournalOptions journals,
            Duration patience,
            Duration poll,
            ServiceNotice notice,
            PrintWriter out,
            PrintWriter err) {
        this.kernel = kernel;
        this.journals = journals;
        this.patience = patience;
        this.poll = poll;
        this.notice = notice;
        this.out = out;
        this.err = err;
        this.routes = new WatchedRoutes(kernel);
        this.interfaces = new WatchedInterfaces(kernel, routes, out, err);
    }

    /**
     * Watches. It listens before it looks, so nothing falls between.
     *
     * @param definition asked before each look for what is wanted
     */
    void run(Definition definition) throws InterruptedException {
        try (EventStream events = new EventStream(kernel.open(), GROUPS)) {
            Thread listener = new Thread(() -> listen(events), "xfrm events");
            listener.setDaemon(true);
            listener.start();
            Optional<EventStream> links = interfaces.listen(() -> event(Wake.LINK));
            try {
                look(definition);
                notice.ready();
                while (isWoken()) {
                    look(definition);
                }
            } finally {
                links.ifPresent(EventStream::close);
            }
        }
    }

    private void listen(EventStream events) {
        try {
            events.run(receiver());
        } catch (RuntimeException e) {
            deaf = true;
            // A listener who does not listen would be asked for states.
            events.close();
            err.println("warning: the kernel's events end here: from now on it looks every " + poll.toSeconds()
                    + " s, and no trap is sprung, until it is started anew: " + e.getMessage());
            err.flush();
        }
    }

    private EventStream.Receiver receiver() {
        return new EventStream.Receiver() {
            @Override
            public void message(NetlinkMessage message, OptionalInt namespace) {
                event(Wake.EVENT);
            }

            @Override
            public void lost() {
                event(Wake.EVENT);
            }
        };
    }

    /** While some wait already, more say nothing new: a flood of events takes no memory. */
    private void event(Wake wake) {
        if (wakes.stream().filter(wake::equals).count() < ENOUGH) {
            wakes.add(wake);
        }
    }

    /** Waits for what comes first; false if this is the end. */
    private boolean isWoken() throws InterruptedException {
        Wake wake = next(poll.toNanos());
        idle = (wake == null || wake == Wake.LINK) && !deaf && (told.isEmpty() || isEarly(wake));
        long end = System.nanoTime() + LONGEST.toNanos();
        while ((wake == Wake.EVENT || wake == Wake.LINK) && System.nanoTime() < end) {
            wake = wakes.poll(QUIET.toMillis(), TimeUnit.MILLISECONDS);
            idle &= wake == null || wake == Wake.LINK;
        }
        if (wake == Wake.ASKED) {
            rests.end();
            interfaces.endRests();
        }
        return wake != Wake.END && !wakes.contains(Wake.END);
    }

    /** Whether trouble can wait for the next poll: on a host whose links change all the time each change would try again. */
    private boolean isEarly(@Nullable Wake wake) {
        return wake == Wake.LINK && System.nanoTime() - seenAt < poll.toNanos();
    }

    /** Waits, and gives signs of life meanwhile; null if nothing came in time. */
    private @Nullable Wake next(long nanos) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        long beat = notice.heartbeat().map(Duration::toNanos).orElse(Long.MAX_VALUE);
        @Nullable Wake wake = null;
        long left = nanos;
        while (wake == null && left > 0) {
            notice.alive();
            wake = wakes.poll(Math.min(left, beat), TimeUnit.NANOSECONDS);
            left = end - System.nanoTime();
        }
        return wake;
    }

    private void look(Definition definition) {
        // What was told until now is seen by this look.
        wakes.removeIf(wake -> wake == Wake.EVENT || wake == Wake.LINK);
        try {
            // Before the journal is taken: to read it may take long.
            Wanted wanted = definition.wanted();
            if (isSomethingToSee(wanted)) {
                if (wanted != seen) {
                    rests.end();
                    interfaces.endRests();
                }
                seen = wanted;
                seenAt = System.nanoTime();
                look(definition, wanted);
            }
            figures.looked();
        } catch (RuntimeException e) {
            tell(new Keeper.Look(List.of(), List.of(String.valueOf(e.getMessage()))));
        }
        status(definition);
    }

    /** While the tables are left alone and the definition is the same, only derived keys may need something. */
    private boolean isSomethingToSee(Wanted wanted) {
        if (!idle || wanted != seen || System.nanoTime() - seenAt > LONGEST_IDLENESS.toNanos()) {
            return true;
        }
        if (!wanted.interfaces().isEmpty() && interfaces.isAmiss(wanted, journals.look(kernel, err))) {
            return true;
        }
        if (wanted.hasSizes() && routes.isAmiss(wanted, journals.look(kernel, err), interfaces.isDeaf())) {
            return true;
        }
        if (!wanted.hasEpochs()) {
            return false;
        }
        try (KernelSession session = new KernelSession(kernel.open())) {
            return new Keeper(wanted, session.tables(), Clock.systemUTC(), rests)
                    .isDue(journals.look(kernel, err), journals.lookEpochs(kernel), noted);
        }
    }

    private void look(Definition definition, Wanted wanted) {
        try (Journal journal = journals.open(kernel, patience);
                KernelSession session = new KernelSession(kernel.open())) {
            if (!definition.isInForce(wanted)) {
                // While another run was waited for, secrets were read again: what it did by them must not be undone.
                wakes.add(Wake.EVENT);
                return;
            }
            Set<ChildName> newer = others.newer(journal.read(), definition::isCurrent);
            Keeper keeper = new Keeper(
                    wanted,
                    session.tables(),
                    Clock.systemUTC(),
                    rests,
                    interfaces.around(wanted, journal, definition::isCurrent));
            try (EpochStore epochs =
                    wanted.hasEpochs() ? journals.openEpochs(kernel, patience) : EpochStore.inMemory()) {
                Keeper.Look look = keeper.look(journal, epochs, newer);
                Keeper.Look whole =
                        interfaces.after(look, wanted, journal.read(), session::snapshot, definition::isCurrent);
                tell(routes.after(whole, wanted, journal, definition::isCurrent));
            }
            others.left(journal.read());
        }
    }

    /** Trouble that stays is told once. */
    private void tell(Keeper.Look look) {
        look.done().forEach(out::println);
        out.flush();
        look.troubles().stream().filter(trouble -> !told.contains(trouble)).forEach(err::println);
        err.flush();
        told = look.troubles();
        look.notes().stream().filter(note -> !noted.contains(note)).forEach(err::println);
        err.flush();
        noted = look.notes();
        figures.told(look);
    }

    private void status(Definition definition) {
        Optional<String> refused = definition.trouble().map(why -> "the definition as it was stays in force: " + why);
        notice.status(told.isEmpty() ? refused.orElse("all is as it should be") : "cannot repair: " + told.get(0));
    }

    /** What it has done; from any thread. */
    WatchFigures figures() {
        return figures;
    }

    /** Has it look, and try again what it could not do; from any thread. */
    void wake() {
        wakes.add(Wake.ASKED);
    }

    /** Ends {@link #run} when its look has ended; from any thread. */
    void end() {
        wakes.add(Wake.END);
    }
}
