package org.xfrmctl.cli.render;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.definition.PolicyOptions.OnDown;

/** What a run has done, as JSON: the members of a plan ({@link PlanJson}), and {@code children}. */
public final class RunJson {
    private RunJson() {}

    /**
     * How a child stands behind a run.
     *
     * @param done the goal that it has got to, or {@code removed}
     * @param onDown what becomes of the traffic of one that is down
     */
    public record Child(ChildName name, String done, Optional<OnDown> onDown) {
        /** One that the definition has. */
        public static Child defined(ChildName name, Goal goal, OnDown onDown) {
            return new Child(
                    name,
                    (goal == Goal.APPLY ? Goal.UP : goal).toString(),
                    goal == Goal.DOWN ? Optional.of(onDown) : Optional.empty());
        }

        /** One that only the journal knew. */
        public static Child undefined(ChildName name) {
            return new Child(name, "removed", Optional.empty());
        }
    }

    /** {@code changes} are the members of a plan. */
    public static String print(Map<String, Object> changes, List<Child> children) {
        return Json.print(Json.join(
                changes,
                Json.object("children", children.stream().map(RunJson::object).toList())));
    }

    private static Map<String, Object> object(Child child) {
        return Json.object(
                "child",
                child.name().toString(),
                "done",
                child.done(),
                "on_down",
                child.onDown().map(each -> each.name().toLowerCase(Locale.ROOT)));
    }
}
