package org.xfrmctl.manager.route;

import java.util.List;

/** A change of the routes was refused; those before it were undone but for what {@link #remains} says. */
public final class RouteRunException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final RuntimeException refusal;
    private final transient List<String> remains;

    RouteRunException(RouteChange change, RuntimeException refusal, List<String> remains) {
        super(change + " was refused: " + refusal.getMessage(), refusal);
        this.refusal = refusal;
        this.remains = List.copyOf(remains);
    }

    public RuntimeException refusal() {
        return refusal;
    }

    public List<String> remains() {
        return remains;
    }
}
