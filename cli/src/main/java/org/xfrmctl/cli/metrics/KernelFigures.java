package org.xfrmctl.cli.metrics;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xfrmctl.cli.metrics.RunningTotals.Counts;
import org.xfrmctl.cli.metrics.RunningTotals.Flow;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.status.ChildSa;
import org.xfrmctl.manager.status.ChildStatus;
import org.xfrmctl.manager.status.ObservedChildSas;
import org.xfrmctl.manager.status.StateOwners;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.definition.ChildName;

/** Makes samples of what a kernel holds, and remembers what states have counted. Not safe for several threads. */
final class KernelFigures {
    /** Others may have as many states as they like, but a scrape and who stores it may not. */
    static final int MOST_FOREIGN = 1000;

    private static final List<Direction> DIRECTIONS = List.of(Direction.IN, Direction.FWD, Direction.OUT);

    private final RunningTotals totals = new RunningTotals();
    /** The names of foreign flows that the last scrape told of: one that was told of is told of until it goes. */
    private Set<String> named = Set.of();

    void collect(Scrape scrape, KernelView view) {
        StateOwners owners = StateOwners.of(view.desired(), view.snapshot());
        List<Holder> holders = new ArrayList<>();
        for (StateOwners.Owned owned : owners.children()) {
            ChildName name = owned.child().name();
            holders.add(new Holder(name.connection(), name.child(), owned.members()));
            policies(scrape, name, owned.policies());
        }
        for (ChildStatus status : ChildStatus.of(view.desired(), view.snapshot())) {
            condition(scrape, status);
        }
        view.wantedUp().ifPresent(up -> wanted(scrape, view.desired().names(), up));
        List<Holder> foreign = foreign(scrape, owners.others(), view);
        named = named(foreign);
        scrape.add(Metric.FOREIGN_LEFT_OUT, foreign.size() - named.size());
        holders.addAll(foreign);
        traffic(scrape, holders);
        view.statistics().forEach((counter, value) -> scrape.count(Metric.XFRM_STAT, value, counter));
    }

    /**
     * Whose states they are.
     *
     * @param connection empty if they are of no definition; the child is then named as {@code counters --all} names it
     */
    private record Holder(String connection, String child, List<ChildSa.Member> members) {
        Flow flow(ChildSa.Member member) {
            return new Flow(connection, child, member.direction().toString(), protocol(member.protocol()));
        }

        boolean isForeign() {
            return connection.isEmpty();
        }
    }

    private static void condition(Scrape scrape, ChildStatus status) {
        for (ChildStatus.Condition condition : ChildStatus.Condition.values()) {
            scrape.add(
                    Metric.CONDITION,
                    status.condition() == condition ? 1 : 0,
                    status.name().connection(),
                    status.name().child(),
                    condition.name().toLowerCase(Locale.ROOT));
        }
    }

    private static void wanted(Scrape scrape, Set<ChildName> names, Set<ChildName> up) {
        names.forEach(name -> scrape.add(Metric.WANTED_UP, up.contains(name) ? 1 : 0, name.connection(), name.child()));
    }

    private static void policies(Scrape scrape, ChildName name, List<XfrmPolicy> policies) {
        for (Direction direction : DIRECTIONS) {
            scrape.count(
                    Metric.POLICIES, count(policies, direction), name.connection(), name.child(), direction.toString());
        }
    }

    private static long count(List<XfrmPolicy> policies, Direction direction) {
        return policies.stream()
                .filter(policy -> policy.direction() == direction)
                .count();
    }

    /** Whether it is told of one by one. */
    private boolean isNamed(Holder holder) {
        return !holder.isForeign() || named.contains(holder.child());
    }

    /** A flow of new keys is the youngest of all: by age alone it would go, and come again, at each rekey. */
    private Set<String> named(List<Holder> foreign) {
        return Stream.concat(
                        foreign.stream().map(Holder::child).filter(named::contains),
                        foreign.stream().map(Holder::child))
                .distinct()
                .limit(MOST_FOREIGN)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static List<Holder> foreign(Scrape scrape, Snapshot others, KernelView view) {
        Map<String, Double> states = new LinkedHashMap<>();
        // None is told as 0: what comes and goes is no series that a rule can hold on to.
        Stream.of(IpProtocol.ESP, IpProtocol.AH, IpProtocol.COMP, IpProtocol.IPIP)
                .forEach(protocol -> states.put(protocol(protocol), 0.0));
        others.states().forEach(state -> states.merge(protocol(state.id().protocol()), 1.0, Double::sum));
        states.forEach((protocol, count) -> scrape.add(Metric.FOREIGN_STATES, count, protocol));
        DIRECTIONS.forEach(direction ->
                scrape.count(Metric.FOREIGN_POLICIES, count(others.policies(), direction), direction.toString()));
        return ObservedChildSas.of(others, view.own()).stream()
                .map(flow -> new Holder("", flow.name(), flow.members()))
                .toList();
    }

    /** Totals are of all, for one that is left out now may be told of later, when others have gone. */
    private void traffic(Scrape scrape, List<Holder> holders) {
        Map<Flow, List<XfrmState>> flows = new LinkedHashMap<>();
        Set<Flow> told = new HashSet<>();
        for (Holder holder : holders) {
            for (ChildSa.Member member : holder.members()) {
                Flow flow = holder.flow(member);
                List<XfrmState> states = flows.computeIfAbsent(flow, each -> new ArrayList<>());
                member.state().ifPresent(states::add);
                if (isNamed(holder)) {
                    told.add(flow);
                }
            }
        }
        totals.look(flows).forEach((flow, counts) -> {
            if (told.contains(flow)) {
                children(scrape, flow, counts);
            }
        });
        for (Holder holder : holders.stream().filter(this::isNamed).toList()) {
            for (ChildSa.Member member : holder.members()) {
                member.state()
                        .ifPresent(state ->
                                new StateFigures(member.direction(), state, holder.flow(member)).collect(scrape));
            }
        }
    }

    private static void children(Scrape scrape, Flow flow, Counts counts) {
        scrape.count(Metric.CHILD_BYTES, counts.bytes(), flow.labels());
        scrape.count(Metric.CHILD_PACKETS, counts.packets(), flow.labels());
        if (flow.isRefusing()) {
            counts.refused()
                    .forEach((reason, packets) -> scrape.count(Metric.CHILD_REFUSED, packets, flow.labels(reason)));
        }
    }

    /** As {@code counters} calls it. */
    private static String protocol(IpProtocol protocol) {
        return protocol.equals(IpProtocol.COMP)
                ? "ipcomp"
                : protocol.equals(IpProtocol.IPIP) || protocol.equals(IpProtocol.IPV6) ? "ipip" : protocol.toString();
    }
}
