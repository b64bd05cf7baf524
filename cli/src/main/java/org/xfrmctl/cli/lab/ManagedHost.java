package org.xfrmctl.cli.lab;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.xfrmctl.cli.kernel.KernelSession;
import org.xfrmctl.cli.kernel.LinkSession;
import org.xfrmctl.manager.apply.Lifecycle;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.firewall.FirewallCompiler;
import org.xfrmctl.manager.journal.EpochStore;
import org.xfrmctl.manager.journal.Journal;
import org.xfrmctl.manager.link.ChildInterfaces;
import org.xfrmctl.manager.link.LinkPlanner;
import org.xfrmctl.manager.link.LinkRun;
import org.xfrmctl.manager.mtu.ChildMtu;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.probe.ProbeEnds;
import org.xfrmctl.manager.probe.ProbeLimits;
import org.xfrmctl.manager.probe.ProbeReport;
import org.xfrmctl.manager.probe.ProbingHost;
import org.xfrmctl.manager.probe.TunnelProbe;
import org.xfrmctl.manager.rekey.EpochChoice;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.manager.route.RoutePlan;
import org.xfrmctl.manager.route.RoutePlanner;
import org.xfrmctl.manager.route.RouteRun;
import org.xfrmctl.manager.route.Routed;
import org.xfrmctl.manager.status.ChildSa;
import org.xfrmctl.manager.status.CounterTable;
import org.xfrmctl.manager.watch.InterfaceKeeper;
import org.xfrmctl.manager.watch.Keeper;
import org.xfrmctl.manager.watch.Rests;
import org.xfrmctl.manager.watch.RouteKeeper;
import org.xfrmctl.manager.watch.RouteRepairs;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.definition.Definition;
import org.xfrmctl.model.definition.LogicalInterface;
import org.xfrmctl.netlink.uapi.XfrmGroup;
import org.xfrmctl.netlink.xfrm.EventStream;

/** A lab's host that our manager manages, with its netlink socket. */
public final class ManagedHost implements AutoCloseable {
    private final Journal journal = Journal.inMemory();
    private final EpochStore epochs = EpochStore.inMemory();
    private final LabHost host;
    private Wanted wanted;
    /** Whether there are routes of ours. */
    private boolean isRouted;

    private final KernelSession session;
    /** Open from the first trap or watch on: without a listener a kernel asks nobody for states. */
    private Optional<EventStream> acquires = Optional.empty();

    ManagedHost(LabHost host, Wanted wanted) {
        this.host = host;
        this.wanted = wanted;
        this.session = new KernelSession(host.openNetlink());
    }

    /** What is wanted now. */
    public DesiredState desired() {
        return desired(session.snapshot());
    }

    private DesiredState desired(Snapshot snapshot) {
        return wanted.now(() -> epochs, snapshot, Set.of());
    }

    public KernelSession session() {
        return session;
    }

    /** From now on this is what is wanted; the kernel is not touched. */
    void define(Wanted definition) {
        wanted = definition;
    }

    /** A run for all children. */
    public void run(Goal goal) {
        run(goal, List.of());
    }

    /** A run for the children of these names, for all if there are none. */
    public void run(Goal goal, List<String> children) {
        if (goal == Goal.TRAP) {
            listen();
        }
        run(goal, wanted.epochs(epochs, session.snapshot()), EpochChoice::current, children);
    }

    /** Makes the interfaces of these names, without the children that use them. */
    void interfacesUp(List<String> names) {
        List<LogicalInterface> chosen = names.stream().map(this::defined).toList();
        try (LinkSession links = host.openLinks()) {
            LinkRun.apply(
                    LinkPlanner.up(chosen, wanted.interfaces(), links.tables().list()), links.tables());
        }
    }

    private LogicalInterface defined(String name) {
        return wanted.interfaces().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no interface " + name
                        + " is defined here; allowed are "
                        + wanted.interfaces().stream()
                                .map(LogicalInterface::name)
                                .toList()));
    }

    /** Removes them, whatever uses them. */
    void interfacesDown(List<String> names) {
        names.forEach(this::defined);
        try (LinkSession links = host.openLinks()) {
            LinkRun.apply(LinkPlanner.down(names, links.tables().list()), links.tables());
        }
    }

    /** Installs the packet filter's rules of all children, as {@code xfrmctl firewall --install} does. */
    void installFirewall() {
        Definition definition = wanted.definition();
        host.firewall()
                .install(host.withWays(
                        definition.interfaces(),
                        ways -> FirewallCompiler.compile(
                                definition, wanted.outline(), child -> ChildMtu.of(child, ways))));
    }

    /** All children whose keys are derived go to their next epoch. */
    public void rekey() {
        run(
                Goal.UP,
                wanted.epochs(epochs, session.snapshot()),
                choice -> choice.next(wanted.derived(), false),
                List.of());
    }

    private void run(Goal goal, EpochChoice choice, Function<EpochChoice, DesiredState> epoch, List<String> children) {
        DesiredState desired = epoch.apply(choice);
        Set<ChildName> names = children.isEmpty() ? desired.names() : chosen(desired.names(), children);
        Runnable lifecycle = () ->
                new Lifecycle(desired, session.tables(), journal, Clock.systemUTC(), choice::use).run(goal, names);
        List<LogicalInterface> interfaces = goal.usesInterfaces() ? wanted.interfaces(names) : List.of();
        if (interfaces.isEmpty()) {
            lifecycle.run();
        } else {
            try (LinkSession links = host.openLinks()) {
                ChildInterfaces.around(
                        interfaces, wanted.interfaces(), links.tables(), session::snapshot, lifecycle, change -> {});
            }
        }
        if (goal != Goal.LOCKDOWN) {
            route();
        }
    }

    /** What the children that are up need of routes, or have needed. A lab of hosts that ask for none has no use for them. */
    private void route() {
        Routed routed = Routed.of(wanted, journal.read());
        if (routed.asks() || isRouted) {
            try (LinkSession links = host.openLinks()) {
                RoutePlan plan = RoutePlanner.plan(routed, links.routes());
                RouteKeeper.note(journal, plan.asked());
                RouteRun.apply(plan.changes(), links.routes());
                isRouted = routed.asks();
            }
        }
    }

    private static Set<ChildName> chosen(Set<ChildName> defined, List<String> children) {
        Map<String, ChildName> byName = defined.stream().collect(Collectors.toMap(ChildName::toString, each -> each));
        return children.stream()
                .map(name -> Optional.ofNullable(byName.get(name))
                        .orElseThrow(() -> new IllegalArgumentException(
                                "no child " + name + " is defined here; allowed are " + byName.keySet())))
                .collect(Collectors.toSet());
    }

    private void listen() {
        if (acquires.isEmpty()) {
            acquires = Optional.of(new EventStream(host.openNetlink(), List.of(XfrmGroup.ACQUIRE)));
        }
    }

    /** One look of a watch. */
    Keeper.Look look() {
        listen();
        Keeper.Look look = new Keeper(wanted, session.tables(), Clock.systemUTC(), new Rests()).look(journal, epochs);
        if (wanted.interfaces().isEmpty() && !wanted.hasSizes() && !isRouted) {
            return look;
        }
        try (LinkSession links = host.openLinks()) {
            Keeper.Look whole = new InterfaceKeeper(wanted, Clock.systemUTC(), new Rests())
                    .after(look, journal.read(), links.tables(), session::snapshot, () -> true);
            isRouted = wanted.hasSizes();
            return new RouteKeeper(Clock.systemUTC(), new RouteRepairs())
                    .after(whole, wanted, journal, links.routes(), () -> true);
        }
    }

    /** Finds out the path through a child's tunnel. */
    ProbeReport probe(String child, ProbeEnds ends, ProbeLimits limits) {
        DesiredState desired = desired();
        ChildName name = chosen(desired.names(), List.of(child)).iterator().next();
        DesiredChild found = desired.only(Set.of(name)).children().get(0);
        try (ProbingHost from = host.openProbing(wanted.interfaces())) {
            return new TunnelProbe(found, from, limits).run(ends);
        }
    }

    /** The states of every child, now. */
    public List<ChildSa> childSas() {
        Snapshot snapshot = session.snapshot();
        DesiredState desired = desired(snapshot);
        return desired.children().stream()
                .map(child -> ChildSa.of(child, desired, snapshot))
                .toList();
    }

    /** The counters of every child, now. */
    public List<CounterTable> counters() {
        return childSas().stream().map(CounterTable::of).toList();
    }

    @Override
    public void close() {
        acquires.ifPresent(EventStream::close);
        session.close();
    }
}
