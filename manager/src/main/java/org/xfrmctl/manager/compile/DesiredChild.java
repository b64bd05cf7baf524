package org.xfrmctl.manager.compile;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.definition.PolicyOptions.OnDown;
import org.xfrmctl.model.definition.SizeOptions;

/**
 * What one child needs in the kernel.
 *
 * @param inbound the states toward this host, innermost transform first
 * @param accepted further states toward this host, of epochs that the peer may send by
 * @param outbound the states toward the peer, innermost transform first
 * @param implied the kernel's own companions of the above; empty without an IPComp tunnel
 * @param policies in, fwd and out policies for every pair of selectors
 * @param epoch the one that the keys belong to, if they are derived
 * @param sizes how long its packets may be, where the definition says less than the transforms leave
 * @param onDown whether {@code down} leaves a {@link BlockPolicy} behind in place of each policy
 */
public record DesiredChild(
        ChildName name,
        Reqid reqid,
        List<XfrmState> inbound,
        List<XfrmState> accepted,
        List<XfrmState> outbound,
        List<ImpliedState> implied,
        List<XfrmPolicy> policies,
        SizeOptions sizes,
        OnDown onDown,
        OptionalLong epoch) {

    public DesiredChild {
        inbound = List.copyOf(inbound);
        accepted = List.copyOf(accepted);
        outbound = List.copyOf(outbound);
        implied = List.copyOf(implied);
        policies = List.copyOf(policies);
    }

    /** Inbound states, then outbound ones. */
    public Stream<XfrmState> states() {
        return Stream.concat(toHere(), outbound.stream());
    }

    /** All states toward this host. */
    public Stream<XfrmState> toHere() {
        return Stream.concat(inbound.stream(), accepted.stream());
    }

    public List<XfrmPolicy> policies(Direction direction) {
        return policies.stream()
                .filter(policy -> policy.direction() == direction)
                .toList();
    }
}
