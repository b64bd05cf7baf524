package org.xfrmctl.cli.render;

import java.util.List;
import java.util.Optional;
import org.xfrmctl.manager.link.LinkChange;
import org.xfrmctl.manager.plan.Change;
import org.xfrmctl.manager.plan.Plan;

/**
 * A plan as JSON: {@code {"interfaces": […], "changes": [{"action", "stage", "object"}], "warnings": […]}}; without changes
 * of interfaces there is no such member.
 */
public final class PlanJson {
    private PlanJson() {}

    public static String print(Plan plan, List<LinkChange> links) {
        return Json.print(Json.object(
                "interfaces",
                links.isEmpty()
                        ? Optional.empty()
                        : Optional.of(links.stream().map(LinkChange::toString).toList()),
                "changes",
                plan.changes().stream().map(PlanJson::change).toList(),
                "warnings",
                plan.warnings()));
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
