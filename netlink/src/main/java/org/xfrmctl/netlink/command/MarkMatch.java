package org.xfrmctl.netlink.command;

import java.util.OptionalInt;
import org.xfrmctl.model.Mark;

/**
 * Marks that a list or deletion asks for.
 *
 * @param value what the mark's value is
 * @param mask what its mask is; absent for any
 */
public record MarkMatch(int value, OptionalInt mask) {
    public boolean test(Mark mark) {
        return mark.value() == value && mark.mask() == mask.orElse(mark.mask());
    }
}
