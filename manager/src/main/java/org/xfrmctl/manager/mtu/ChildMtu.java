package org.xfrmctl.manager.mtu;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.mtu.MtuSum;
import org.xfrmctl.netlink.route.RouteQuery;

/**
 * How long the packets of a child may be so that none needs to be fragmented, and why.
 *
 * @param peer the other gateway
 * @param way to it
 * @param sum from that way's MTU to what the states leave
 * @param flows what that means for each outbound policy
 */
public record ChildMtu(ChildName name, IpAddress peer, Way way, MtuSum sum, List<FlowMtu> flows) {
    public ChildMtu {
        flows = List.copyOf(flows);
    }

    /**
     * Computes it as the kernel does when the first packet of a flow asks for a bundle ({@code xfrm_init_pmtu()}).
     *
     * @throws org.xfrmctl.netlink.NetlinkException if there is no way to the peer
     */
    public static ChildMtu of(DesiredChild child, Ways ways) {
        List<XfrmState> states = child.outbound();
        XfrmState innermost = states.get(0);
        IpAddress peer = innermost.id().destination();
        List<XfrmPolicy> policies = child.policies(Direction.OUT);
        int mark = policies.get(0).mark().masked().value();
        Way way = ways.outer(RouteQuery.to(peer).from(innermost.source()).marked(outerMark(states, mark)));
        MtuSum sum = MtuSum.of(states, way.mtu());
        List<FlowMtu> flows = new ArrayList<>();
        for (XfrmPolicy policy : policies) {
            flows.add(flow(policy, peer, sum.left(), ways));
        }
        return new ChildMtu(child.name(), peer, way, sum, flows);
    }

    /**
     * What makes a new header has its packets routed anew, by the mark that it sets, and by none if it sets none ({@code
     * net/xfrm/xfrm_policy.c, xfrm_bundle_create()}). What is in transport mode alone keeps the packet's route.
     */
    private static int outerMark(List<XfrmState> states, int mark) {
        return states.stream()
                .filter(state -> !state.mode().equals(Mode.TRANSPORT))
                .reduce((inner, outer) -> outer)
                .map(state -> setMark(state, mark))
                .orElse(mark);
    }

    private static int setMark(XfrmState state, int mark) {
        Mark set = state.options().outputMark().orElse(Mark.NONE);
        return set.equals(Mark.NONE) ? 0 : (set.value() & set.mask()) | (mark & ~set.mask());
    }

    /** What goes everywhere has no route of its own that could be looked at. */
    private static FlowMtu flow(XfrmPolicy policy, IpAddress peer, int left, Ways ways) {
        if (policy.selector().destination().length() == 0) {
            return new FlowMtu(policy.selector(), left, Optional.empty());
        }
        IpAddress to = FlowEnds.destination(policy.selector().destination(), peer);
        RouteQuery query = RouteQuery.to(to).marked(policy.mark().masked().value());
        return ways.inner(query)
                .filter(way -> way.mtu() < left)
                .map(way ->
                        new FlowMtu(policy.selector(), way.mtu(), Optional.of(new FlowMtu.Bound(to.toString(), way))))
                .orElseGet(() -> new FlowMtu(policy.selector(), left, Optional.empty()));
    }

    /** Of the flow that has the least; 0 if nothing is left for it. */
    public int mtu() {
        return flows.stream().mapToInt(FlowMtu::mtu).min().orElse(sum.left());
    }

    /** Whether some flow cannot send at all. */
    public boolean isNothingLeft() {
        return mtu() == 0;
    }

    /** What ESP packets are padded to, if they are; never beyond what fits. */
    public OptionalInt padding() {
        return sum.layers().stream()
                .map(layer -> layer.state().options().extras().tfcPad())
                .filter(tfc -> tfc != 0)
                .mapToInt(tfc -> Math.min(tfc, sum.left()))
                .findFirst();
    }
}
