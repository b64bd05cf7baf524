package org.xfrmctl.manager.route;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Makes all changes or, if the kernel refuses one, none: the others are undone. */
public final class RouteRun {
    private RouteRun() {}

    /** Throws {@link RouteRunException} if a change was refused. */
    public static void apply(List<RouteChange> changes, RouteTables tables) {
        Deque<RouteChange> done = new ArrayDeque<>();
        for (RouteChange change : changes) {
            try {
                change.apply(tables);
            } catch (RuntimeException refusal) {
                throw new RouteRunException(change, refusal, undo(done, tables));
            }
            done.push(change);
        }
    }

    private static List<String> undo(Deque<RouteChange> done, RouteTables tables) {
        List<String> remains = new ArrayList<>();
        for (RouteChange change : done) {
            try {
                change.undo(tables);
            } catch (RuntimeException e) {
                remains.add(change + ": " + e.getMessage());
            }
        }
        return remains;
    }
}
