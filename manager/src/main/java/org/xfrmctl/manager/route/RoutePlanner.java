package org.xfrmctl.manager.route;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xfrmctl.model.IpPrefix;

/**
 * What has to change of our routes so that the children that are up have those that they ask for, and nobody else has any.
 * Host routes come first and go last, for one may keep the peer's packets out of a wider one.
 */
public final class RoutePlanner {
    private static final Comparator<ChildRoute> WIDE_FIRST =
            Comparator.comparingInt(route -> route.destination().length());

    private RoutePlanner() {}

    /** Looks at no more of the table than it takes. */
    public static RoutePlan plan(Routed routed, RouteTables tables) {
        return plan(routed, routed.asks() ? tables.look() : new RouteMap(List.of(), tables.ours(), Map.of()));
    }

    /**
     * A pure function. What is there already may be what strangers ask for: it is shared with them.
     */
    static RoutePlan plan(Routed routed, RouteMap map) {
        Map<IpPrefix, ChildRoute> wanted = new LinkedHashMap<>();
        Set<RoutePlan.Warning> warnings = new LinkedHashSet<>();
        for (RoutedChild each : routed.up()) {
            ChildNeeds needs = new ChildNeeds(each, map);
            warnings.addAll(needs.warnings());
            needs.needs()
                    .forEach(need -> wanted.merge(
                            need.destination(), need.route(), (present, more) -> need.with(present.metrics())));
        }
        if (routed.strangers()) {
            map.ours()
                    .forEach(route -> wanted.computeIfPresent(
                            route.destination(), (destination, asked) -> asked.sharedWith(route.metrics())));
        }
        return new RoutePlan(changes(wanted, routed, map.ours()), List.copyOf(warnings));
    }

    private static List<RouteChange> changes(Map<IpPrefix, ChildRoute> wanted, Routed routed, List<ChildRoute> ours) {
        List<RouteChange> changes = new ArrayList<>();
        Set<ChildRoute> kept = new LinkedHashSet<>();
        wanted.values().stream().sorted(WIDE_FIRST.reversed()).forEach(route -> {
            Optional<ChildRoute> held = held(route, ours);
            held.ifPresent(kept::add);
            if (held.isEmpty()) {
                changes.add(new RouteChange.Add(route));
            } else if (!held.get().equals(route)) {
                changes.add(new RouteChange.Replace(held.get(), route));
            }
        });
        ours.stream()
                .filter(route -> !kept.contains(route) && routed.mayRemove(route.destination()))
                .sorted(WIDE_FIRST)
                .forEach(route -> changes.add(new RouteChange.Remove(route)));
        return changes;
    }

    /** One that is as wanted before one that is not: a run that was killed may have left both. */
    private static Optional<ChildRoute> held(ChildRoute wanted, List<ChildRoute> ours) {
        return ours.stream()
                .filter(route -> route.destination().equals(wanted.destination()))
                .min(Comparator.comparing(route -> !route.equals(wanted)));
    }
}
