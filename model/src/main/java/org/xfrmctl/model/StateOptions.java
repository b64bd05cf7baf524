package org.xfrmctl.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The members of a state that most states lack.
 *
 * @param outputMark the mark given to packets after the transform ({@code XFRMA_SET_MARK})
 * @param encap UDP encapsulation
 * @param careOf the care-of address of mobile IPv6
 * @param tfcPad the length to which ESP pads a tunnelled packet, in bytes; 0 for none
 * @param lastUsed Unix seconds of the last packet, where the kernel tells
 * @param other attributes that are not interpreted
 */
public record StateOptions(
        Optional<Mark> outputMark,
        Optional<Encap> encap,
        Optional<IpAddress> careOf,
        int tfcPad,
        OptionalLong lastUsed,
        List<RawAttribute> other) {
    public static final StateOptions NONE =
            new StateOptions(Optional.empty(), Optional.empty(), Optional.empty(), 0, OptionalLong.empty(), List.of());

    public StateOptions {
        other = List.copyOf(other);
    }

    public StateOptions withOutputMark(Mark mark) {
        return new StateOptions(Optional.of(mark), encap, careOf, tfcPad, lastUsed, other);
    }
}
