package org.xfrmctl.manager.route;

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
 */
public record RoutePlan(List<RouteChange> changes, List<Warning> warnings, Map<ChildName, List<AskedRoute>> asked) {
    public static final RoutePlan EMPTY = new RoutePlan(List.of(), List.of(), Map.of());

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
    }

    /** With the warnings of some children alone. */
    public RoutePlan about(Set<ChildName> children) {
        return new RoutePlan(
                changes,
                warnings.stream()
                        .filter(warning -> children.contains(warning.child()))
                        .toList(),
                asked);
    }
}
