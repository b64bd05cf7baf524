package org.xfrmctl.model;

import java.util.List;
import java.util.Optional;

/**
 * The members of a state that many states lack.
 *
 * @param outputMark the mark given to packets after the transform ({@code XFRMA_SET_MARK})
 * @param natTraversal UDP encapsulation
 * @param placement direction, CPU and device
 * @param iptfs of a state in that mode
 * @param extras what few states have
 * @param other attributes that are not interpreted
 */
public record StateOptions(
        Optional<Mark> outputMark,
        NatTraversal natTraversal,
        Placement placement,
        Iptfs iptfs,
        StateExtras extras,
        List<RawAttribute> other) {
    public static final StateOptions NONE = new StateOptions(
            Optional.empty(), NatTraversal.NONE, Placement.ANYWHERE, Iptfs.UNSET, StateExtras.NONE, List.of());

    public StateOptions {
        other = List.copyOf(other);
    }

    public Optional<Encap> encap() {
        return natTraversal.encap();
    }

    public StateOptions withOutputMark(Optional<Mark> mark) {
        return new StateOptions(mark, natTraversal, placement, iptfs, extras, other);
    }

    public StateOptions withNatTraversal(NatTraversal value) {
        return new StateOptions(outputMark, value, placement, iptfs, extras, other);
    }

    public StateOptions withPlacement(Placement value) {
        return new StateOptions(outputMark, natTraversal, value, iptfs, extras, other);
    }

    public StateOptions withIptfs(Iptfs value) {
        return new StateOptions(outputMark, natTraversal, placement, value, extras, other);
    }

    public StateOptions withExtras(StateExtras value) {
        return new StateOptions(outputMark, natTraversal, placement, iptfs, value, other);
    }

    public StateOptions withOther(List<RawAttribute> value) {
        return new StateOptions(outputMark, natTraversal, placement, iptfs, extras, value);
    }
}
