package org.xfrmctl.manager.plan;

import java.util.Locale;

/** What a plan is for. */
public enum Goal {
    /** The chosen children are as the definition says. */
    UP,
    /** Of the chosen children no state is left, and no policy but the blocks that {@code on_down: block} wants. */
    DOWN,
    /** As UP for all children, and nothing is left of those that earlier runs knew and the definition does not. */
    APPLY,
    /** Wherever a chosen child has no policy yet, its packets are stopped. */
    LOCKDOWN;

    /** Whether it takes states, and thus keys, to get there. */
    public boolean addsStates() {
        return this == UP || this == APPLY;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
