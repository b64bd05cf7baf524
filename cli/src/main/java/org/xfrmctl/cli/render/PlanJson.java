package org.xfrmctl.cli.render;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.xfrmctl.manager.link.LinkChange;
import org.xfrmctl.manager.plan.Change;
import org.xfrmctl.manager.plan.Plan;
import org.xfrmctl.manager.route.RouteChange;
import org.xfrmctl.manager.route.RoutePlan;

/**
 * A plan as JSON: {@code {"interfaces": […], "changes": [{"action", "stage", "object"}], "warnings": […]}}; without changes
 * of interfaces or routes there is no such member.
 */
public final class PlanJson {
    private PlanJson() {}

    public static String print(Plan plan, List<LinkChange> links, RoutePlan routes) {
        return Json.print(members(
                List.of(plan),
                links,
                routes.changes(),
                routes.warnings().stream().map(Object::toString).toList()));
    }

    /** Of what was done by several plans, one after the other; with warnings that are not theirs. */
    public static Map<String, Object> members(
            List<Plan> plans, List<LinkChange> links, List<RouteChange> routes, List<String> warnings) {
        return Json.object(
                "interfaces",
                texts(links),
                "changes",
                plans.stream()
                        .flatMap(plan -> plan.changes().stream())
                        .map(PlanJson::change)
                        .toList(),
                "routes",
                texts(routes),
                "warnings",
                Stream.concat(plans.stream().flatMap(plan -> plan.warnings().stream()), warnings.stream())
                        .toList());
    }

    private static Optional<List<String>> texts(List<?> changes) {
        return changes.isEmpty()
                ? Optional.empty()
                : Optional.of(changes.stream().map(Object::toString).toList());
    }

    private static Object change(Change change) {
        return Json.object(
                "action",
                switch (change.sign()) {
                    case '+' -> "add";
                    case '~' -> "update";
                    default -> "remove";
                },
                "stage",
                change.stage().name().toLowerCase(java.util.Locale.ROOT),
                "object",
                change.object());
    }
}
