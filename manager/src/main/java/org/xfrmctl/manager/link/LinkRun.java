package org.xfrmctl.manager.link;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Makes all changes or, if the kernel refuses one, none: the others are undone. */
public final class LinkRun {
    private final LinkTables tables;
    /** The newest first. */
    private final Deque<LinkChange> done = new ArrayDeque<>();

    private LinkRun(LinkTables tables) {
        this.tables = tables;
    }

    /**
     * Gives what it takes to undo all of it later.
     *
     * @throws LinkRunException if a change was refused
     */
    public static LinkRun apply(List<LinkChange> changes, LinkTables tables) {
        LinkRun run = new LinkRun(tables);
        for (LinkChange change : changes) {
            try {
                change.apply(tables);
            } catch (RuntimeException refusal) {
                throw new LinkRunException(change, refusal, run.undo());
            }
            run.done.push(change);
        }
        return run;
    }

    /** Takes everything back; what could not be, and why. */
    public List<String> undo() {
        List<String> remains = new ArrayList<>();
        while (!done.isEmpty()) {
            LinkChange change = done.pop();
            try {
                change.undo(tables);
            } catch (RuntimeException e) {
                remains.add(change + ": " + e.getMessage());
            }
        }
        return remains;
    }
}
