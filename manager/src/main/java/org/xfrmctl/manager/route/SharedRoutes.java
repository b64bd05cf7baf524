package org.xfrmctl.manager.route;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.manager.journal.AskedRoute;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.definition.ChildName;

/**
 * Routes of ours to where children of other definitions send, too. A route does not know for whom it is, so it has the lesser of
 * what is asked for.
 */
record SharedRoutes(Strangers strangers, List<ChildRoute> ours) {
    /**
     * What is wanted here, shared with what strangers ask for. Their routes that nobody wants here stay by the way that they have,
     * which is for those to follow who define them.
     */
    Map<IpPrefix, ChildRoute> with(Map<IpPrefix, ChildRoute> wanted) {
        Map<IpPrefix, ChildRoute> shared = new LinkedHashMap<>(wanted);
        asked().forEach((destination, ask) -> {
            if (shared.computeIfPresent(
                            destination,
                            (same, route) -> route.withSizes(
                                    Need.lesser(route.metrics().mtu(), ask.mtu()),
                                    Need.lesser(route.metrics().advmss(), ask.advmss())))
                    == null) {
                held(destination).ifPresent(route -> shared.put(destination, route.withSizes(ask.mtu(), ask.advmss())));
            }
        });
        if (!strangers.silent().isEmpty()) {
            // Each may have been asked for as it is.
            ours.forEach(route -> shared.computeIfPresent(
                    route.destination(),
                    (destination, mine) -> mine.sharedWith(
                            route.metrics().mtu(), route.metrics().advmss())));
        }
        return shared;
    }

    private Map<IpPrefix, AskedRoute> asked() {
        Map<IpPrefix, AskedRoute> asked = new LinkedHashMap<>();
        strangers
                .asked()
                .values()
                .forEach(routes -> routes.forEach(route -> asked.merge(
                        route.destination(),
                        route,
                        (one, other) -> new AskedRoute(
                                one.destination(),
                                Need.lesser(one.mtu(), other.mtu()),
                                Need.lesser(one.advmss(), other.advmss())))));
        return asked;
    }

    private Optional<ChildRoute> held(IpPrefix destination) {
        return ours.stream()
                .filter(route -> route.destination().equals(destination))
                .findFirst();
    }

    /** For each child that gets less than it asks for, whom that is for. */
    List<RoutePlan.Warning> warnings(Map<ChildName, List<AskedRoute>> mine) {
        List<RoutePlan.Warning> warnings = new ArrayList<>();
        mine.forEach((child, routes) -> routes.forEach(route -> {
            strangers
                    .asked()
                    .forEach((stranger, theirs) -> theirs.stream()
                            .filter(other -> other.destination().equals(route.destination()))
                            .forEach(other -> less(route, other.mtu(), other.advmss())
                                    .ifPresent(what -> warnings.add(new RoutePlan.Warning(
                                            child, what + " for " + stranger + " of another definition")))));
            if (!strangers.silent().isEmpty()) {
                held(route.destination())
                        .flatMap(other -> less(
                                route, other.metrics().mtu(), other.metrics().advmss()))
                        .ifPresent(
                                what -> warnings.add(
                                        new RoutePlan.Warning(
                                                child,
                                                what + " until it is known what "
                                                        + strangers.silent().get(0)
                                                        + " of another definition asks for: \"xfrmctl up\" or \"watch\" with that says it")));
            }
        }));
        return warnings;
    }

    private static Optional<String> less(AskedRoute mine, OptionalInt mtu, OptionalInt advmss) {
        return less("mtu", mine.mtu(), mtu)
                .or(() -> less("advmss", mine.advmss(), advmss))
                .map(sizes -> "the route to " + mine.destination() + " has " + sizes);
    }

    private static Optional<String> less(String name, OptionalInt mine, OptionalInt theirs) {
        return mine.isPresent() && theirs.isPresent() && theirs.getAsInt() < mine.getAsInt()
                ? Optional.of(name + " " + theirs.getAsInt() + " in place of " + mine.getAsInt())
                : Optional.empty();
    }
}
