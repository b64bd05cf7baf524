package org.xfrmctl.manager.plan;

import java.util.List;

/** The kernel holds something that the plan would collide with. Found before anything was sent; one line for each. */
public final class PlanConflictException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> conflicts;

    public PlanConflictException(List<String> conflicts) {
        super(String.join("\n", conflicts));
        this.conflicts = List.copyOf(conflicts);
    }

    public List<String> conflicts() {
        return conflicts;
    }
}
