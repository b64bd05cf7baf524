package org.xfrmctl.manager.route;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Makes all changes or, if the kernel refuses one, none: the others are undone, and so is what was made of that one. */
public final class RouteRun {
    private RouteRun() {}

    /** Throws {@link RouteRunException} if a change was refused. */
    public static void apply(List<RouteChange> changes, RouteTables tables) {
        Deque<RouteChange> done = new ArrayDeque<>();
        for (RouteChange change : changes) {
            try {
                change.apply(tables);
            } catch (RuntimeException refusal) {
                List<String> remains = new ArrayList<>();
                attempt(change, remains, () -> change.undoHalf(tables));
                done.forEach(each -> attempt(each, remains, () -> each.undo(tables)));
                throw new RouteRunException(change, refusal, remains);
            }
            done.push(change);
        }
    }

    private static void attempt(RouteChange change, List<String> remains, Runnable undoing) {
        try {
            undoing.run();
        } catch (RuntimeException e) {
            remains.add(change + ": " + e.getMessage());
        }
    }
}
