package org.xfrmctl.cli.render;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.xfrmctl.manager.link.LinkChange;
import org.xfrmctl.manager.plan.Change;
import org.xfrmctl.manager.plan.Plan;
import org.xfrmctl.manager.route.RoutePlan;

/**
 * A plan as JSON: {@code {"interfaces": […], "changes": [{"action", "stage", "object"}], "warnings": […]}}; without changes
 * of interfaces or routes there is no such member.
 */
public final class PlanJson {
    private PlanJson() {}

    public static String print(Plan plan, List<LinkChange> links, RoutePlan routes) {
        return Json.print(Json.object(
                "interfaces",
                texts(links),
                "changes",
                plan.changes().stream().map(PlanJson::change).toList(),
                "routes",
                texts(routes.changes()),
                "warnings",
                Stream.concat(
                                plan.warnings().stream(),
                                routes.warnings().stream().map(Object::toString))
                        .toList()));
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
