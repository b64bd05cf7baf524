package org.xfrmctl.model.definition;

import java.util.Optional;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.Mark;

/**
 * {@code mark_in}, {@code mark_out}, {@code set_mark_in}, {@code set_mark_out}, {@code if_id_in}, {@code if_id_out}. As in
 * swanctl {@code mark_in} stands on policies only and {@code mark_out} on policies and the outbound states.
 */
public record Marks(Mark in, Mark out, Optional<Mark> setIn, Optional<Mark> setOut, IfId ifIdIn, IfId ifIdOut) {
    public static final Marks NONE =
            new Marks(Mark.NONE, Mark.NONE, Optional.empty(), Optional.empty(), IfId.NONE, IfId.NONE);
}
