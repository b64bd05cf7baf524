package org.xfrmctl.manager.compile;

import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.xfrmctl.model.definition.Child;

/**
 * The epochs of a child whose keys are derived.
 *
 * @param current the one that it sends by, from 1 on
 * @param accepted others that the peer may send by
 */
public record Epochs(long current, List<Long> accepted) {
    /** How far one end goes on before it has heard the other one in the epoch before. */
    public static final int LEAD = 1;

    /** How far on an end begins that has lost its states: beyond all that a leading peer may have sent to it. */
    public static final int RESTART = LEAD + 1;

    /** How far the peer may be ahead: it led, and then lost its states. */
    public static final int AHEAD = LEAD + RESTART;

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
        return new Epochs(
                current,
                LongStream.rangeClosed(current + 1, current + AHEAD).boxed().toList());
    }
}
