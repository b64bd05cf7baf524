package org.xfrmctl.manager.plan;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a plan is for. */
public enum Goal {
    /** The chosen children are as the definition says. */
    UP,
    /** Of the chosen children no state is left, and no policy but the blocks that {@code on_down: block} wants. */
    DOWN,
    /** As UP for all children, and nothing is left of those that earlier runs knew and the definition does not. */
    APPLY,
    /** Wherever a chosen child has no policy yet, its packets are stopped. */
    LOCKDOWN,
    /** Of the chosen children no state is left, and their policies ask for some when there is a packet to send. */
    TRAP,
    /** Beside the states that the chosen children have, the inbound ones of the definition: what the peer may use next. */
    REKEY_INBOUND,
    /** The outbound ones as well, which take the traffic at once. */
    REKEY_OUTBOUND,
    /** The states of the definition alone. */
    REKEY_FINISH,
    /** The states from before the definition changed alone. */
    REKEY_UNDO;

    /** The goals that leave states and policies as one definition has them, whatever was before. */
    public static final Set<Goal> WHOLE = Collections.unmodifiableSet(EnumSet.of(UP, DOWN, APPLY, LOCKDOWN, TRAP));

    private static final String PHASE = "rekey-";

    /** The phases of a rekey by their short names, in the order in which they are listed for people. */
    public static List<String> phases() {
        return Arrays.stream(values())
                .map(Goal::toString)
                .filter(text -> text.startsWith(PHASE))
                .map(text -> text.substring(PHASE.length()))
                .toList();
    }

    /** The phase of a short name; empty if there is none. */
    public static Optional<Goal> phase(String name) {
        return phases().contains(name) ? Optional.of(of(PHASE + name)) : Optional.empty();
    }

    /**
     * By its text.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Goal of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** Whether packets of the chosen children are to find their way to its policies: traps and blocks are no less than that. */
    public boolean usesInterfaces() {
        return this == UP || this == APPLY || this == TRAP || this == LOCKDOWN;
    }

    /** Whether it compares or adds states, and thus takes keys. */
    public boolean needsKeys() {
        return this != TRAP && wantsTemplates();
    }

    /** Whether policies that protect are wanted, and not merely such as stop. */
    public boolean wantsTemplates() {
        return this != DOWN && this != LOCKDOWN;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
