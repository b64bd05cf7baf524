package org.xfrmctl.manager.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.xfrmctl.manager.journal.AskedRoute;
import org.xfrmctl.model.definition.ChildName;

/**
 * What is to be changed of the routes.
 *
 * @param warnings what cannot be had of what children ask for
 * @param asked what each child that is up asks for, for those who do not know its definition
 * @param wanted our routes as they are to be, shared with all who ask for them
 */
public record RoutePlan(
        List<RouteChange> changes,
        List<Warning> warnings,
        Map<ChildName, List<AskedRoute>> asked,
        List<ChildRoute> wanted) {
    public static final RoutePlan EMPTY = new RoutePlan(List.of(), List.of(), Map.of(), List.of());

    /** Of one child; its text is a line for people. */
    public record Warning(ChildName child, String text) {
        @Override
        public String toString() {
            return child + ": " + text;
        }
    }

    public RoutePlan {
        changes = List.copyOf(changes);
        warnings = List.copyOf(warnings);
        asked = Map.copyOf(asked);
        wanted = List.copyOf(wanted);
    }

    /** With the warnings of some children alone. */
    public RoutePlan about(Set<ChildName> children) {
        return new RoutePlan(
                changes,
                warnings.stream()
                        .filter(warning -> children.contains(warning.child()))
                        .toList(),
                asked,
                wanted);
    }

    /** The routes of a child that is up, in the order in which it asks for them. */
    public List<RouteStatus> of(ChildName child) {
        List<RouteStatus> routes = new ArrayList<>();
        for (AskedRoute each : asked.getOrDefault(child, List.of())) {
            wanted.stream()
                    .filter(route -> route.destination().equals(each.destination()))
                    .map(route -> new RouteStatus(route, isThere(route)))
                    .forEach(routes::add);
        }
        return routes;
    }

    private boolean isThere(ChildRoute route) {
        return changes.stream()
                .filter(change -> !(change instanceof RouteChange.Remove))
                .noneMatch(change -> change.destination().equals(route.destination()));
    }
}
