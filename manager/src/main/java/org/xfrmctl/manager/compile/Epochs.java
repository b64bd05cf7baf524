package org.xfrmctl.manager.compile;

import java.util.List;
import java.util.function.Function;
import org.xfrmctl.model.definition.Child;

/**
 * The epochs of a child whose keys are derived.
 *
 * @param current the one that it sends by, from 1 on
 * @param accepted others that the peer may send by
 */
public record Epochs(long current, List<Long> accepted) {
    /** How far the peer may be ahead: after a crash it begins two epochs on. */
    public static final int AHEAD = 2;

    /** For whoever does not look at a kernel: everything begins. */
    public static final Function<Child, Epochs> FIRST = child -> from(1);

    public Epochs {
        accepted = List.copyOf(accepted);
        if (current < 1 || accepted.contains(current)) {
            throw new IllegalArgumentException("epoch " + current + ", also accepted " + accepted);
        }
    }

    /** One epoch, and those that the peer may be ahead. */
    public static Epochs from(long current) {
        return new Epochs(current, List.of(current + 1, current + AHEAD));
    }
}
