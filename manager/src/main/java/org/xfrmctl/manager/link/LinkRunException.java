package org.xfrmctl.manager.link;

import java.util.List;

/** A change of the links was refused; those before it were undone but for what {@link #remains} says. */
public final class LinkRunException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String change;
    private final RuntimeException refusal;
    private final transient List<String> remains;
    private final boolean behindChildren;

    LinkRunException(LinkChange change, RuntimeException refusal, List<String> remains) {
        this(change.toString(), refusal, remains, false);
    }

    private LinkRunException(String change, RuntimeException refusal, List<String> remains, boolean behindChildren) {
        super(change + " was refused: " + refusal.getMessage(), refusal);
        this.refusal = refusal;
        this.remains = List.copyOf(remains);
        this.change = change;
        this.behindChildren = behindChildren;
    }

    /** As this, where the children have come up before it. */
    LinkRunException withChildrenUp() {
        return new LinkRunException(change, refusal, remains, true);
    }

    /** Whether the children that were to use the links have their states and policies. */
    public boolean isBehindChildren() {
        return behindChildren;
    }

    public RuntimeException refusal() {
        return refusal;
    }

    public List<String> remains() {
        return remains;
    }
}
