package org.xfrmctl.manager.link;

import java.util.List;

/** A change of the links was refused; those before it were undone but for what {@link #remains} says. */
public final class LinkRunException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final RuntimeException refusal;
    private final transient List<String> remains;

    LinkRunException(LinkChange change, RuntimeException refusal, List<String> remains) {
        super(change + " was refused", refusal);
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
