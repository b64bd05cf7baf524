package org.xfrmctl.manager.plan;

import java.util.Comparator;
import java.util.List;

/**
 * Changes in the order in which they are to be made.
 *
 * @param warnings one line each: foreign policies that have a say in packets of ours
 */
public record Plan(List<Change> changes, List<String> warnings) {
    public Plan {
        // The sort is stable: within a stage the order of the planner stays.
        changes = changes.stream().sorted(Comparator.comparing(Change::stage)).toList();
        warnings = List.copyOf(warnings);
    }

    /** Whether the kernel already holds what is wanted. */
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** One line per change; empty for an empty plan. */
    public String text() {
        StringBuilder text = new StringBuilder();
        changes.forEach(change -> text.append(change.line()).append('\n'));
        return text.toString();
    }

    @Override
    public String toString() {
        return text();
    }
}
