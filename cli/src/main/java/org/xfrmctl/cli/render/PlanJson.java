package org.xfrmctl.cli.render;

import org.xfrmctl.manager.plan.Change;
import org.xfrmctl.manager.plan.Plan;

/** A plan as JSON: {@code {"changes": [{"action", "stage", "object"}], "warnings": […]}}. */
public final class PlanJson {
    private PlanJson() {}

    public static String print(Plan plan) {
        return Json.print(Json.object(
                "changes", plan.changes().stream().map(PlanJson::change).toList(), "warnings", plan.warnings()));
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
