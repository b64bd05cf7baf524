package org.xfrmctl.manager.route;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xfrmctl.manager.journal.AskedRoute;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.definition.ChildName;

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

    /** A pure function. */
    static RoutePlan plan(Routed routed, RouteMap map) {
        Map<IpPrefix, ChildRoute> wanted = new LinkedHashMap<>();
        Set<RoutePlan.Warning> warnings = new LinkedHashSet<>();
        Map<ChildName, List<AskedRoute>> asked = new LinkedHashMap<>();
        for (RoutedChild each : routed.up()) {
            ChildNeeds needs = new ChildNeeds(each, map);
            warnings.addAll(needs.warnings());
            asked.put(
                    each.child().name(),
                    needs.needs().stream().map(need -> need.route().asked()).toList());
            needs.needs()
                    .forEach(need -> wanted.merge(
                            need.destination(), need.route(), (present, more) -> need.with(present.metrics())));
        }
        SharedRoutes shared = new SharedRoutes(routed.strangers(), map.ours());
        warnings.addAll(shared.warnings(asked));
        Map<IpPrefix, ChildRoute> all = shared.with(wanted);
        return new RoutePlan(changes(all, routed, map.ours()), List.copyOf(warnings), asked, List.copyOf(all.values()));
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
