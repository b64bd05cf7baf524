package org.xfrmctl.manager.link;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Makes all changes or, if the kernel refuses one, none: the others are undone. */
public final class LinkRun {
    private LinkRun() {}

    /** @throws LinkRunException if a change was refused */
    public static void apply(List<LinkChange> changes, LinkTables tables) {
        Deque<LinkChange> done = new ArrayDeque<>();
        for (LinkChange change : changes) {
            try {
                change.apply(tables);
            } catch (RuntimeException refusal) {
                throw new LinkRunException(change, refusal, undo(done, tables));
            }
            done.push(change);
        }
    }

    /** What could not be undone, and why. */
    private static List<String> undo(Deque<LinkChange> done, LinkTables tables) {
        List<String> remains = new ArrayList<>();
        for (LinkChange change : done) {
            try {
                change.undo(tables);
            } catch (RuntimeException e) {
                remains.add(change + ": " + e.getMessage());
            }
        }
        return remains;
    }
}
