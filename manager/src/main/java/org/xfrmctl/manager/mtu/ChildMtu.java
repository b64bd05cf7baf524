package org.xfrmctl.manager.mtu;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.definition.SizeOptions;
import org.xfrmctl.model.mtu.MtuSum;
import org.xfrmctl.netlink.route.RouteQuery;

/**
 * How long the packets of a child may be so that none needs to be fragmented, and why.
 *
 * @param peer the other gateway
 * @param way to it
 * @param sum from that way's MTU to what the states leave
 * @param sizes what the definition says of it
 * @param flows what that means for each outbound policy
 */
public record ChildMtu(ChildName name, IpAddress peer, Way way, MtuSum sum, SizeOptions sizes, List<FlowMtu> flows) {
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
            flows.add(flow(policy, peer, sum.left(), child.sizes(), ways));
        }
        return new ChildMtu(child.name(), peer, way, sum, child.sizes(), flows);
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

    /**
     * A flow's first route bounds it: into the interface that has the policy's if_id, or, without if_id, whatever packets would
     * take in clear. What goes everywhere is looked at by some address that has no route of its own.
     */
    private static FlowMtu flow(XfrmPolicy policy, IpAddress peer, int left, SizeOptions sizes, Ways ways) {
        Selector selector = policy.selector();
        Optional<RouteQuery> query = FlowEnds.of(policy, peer, ways).query(policy);
        Ways.Clear clear = query.map(ways::inner).orElse(Ways.Clear.UNKNOWN);
        Optional<Way> through = policy.ifId().equals(IfId.NONE) ? Optional.empty() : ways.through(policy.ifId());
        Optional<FlowMtu.Bound> route = clear.way()
                .filter(way -> through.isEmpty() || through.get().isSameLink(way))
                .map(way -> new FlowMtu.Bound("route of " + query.orElseThrow().destination(), way));
        Stream<FlowMtu.Bound> option =
                sizes.mtu().stream().mapToObj(mtu -> new FlowMtu.Bound("mtu of the child", Way.option(mtu)));
        Stream<FlowMtu.Bound> device = through.map(way -> new FlowMtu.Bound("the child's interface", way)).stream();
        Optional<FlowMtu.Bound> least = Stream.of(option, device, route.stream())
                .flatMap(each -> each)
                .min(Comparator.comparingInt(bound -> bound.way().mtu()))
                .filter(bound -> bound.way().mtu() < left);
        boolean told =
                clear.refused() && through.isEmpty() && selector.destination().length() != 0;
        return new FlowMtu(
                selector,
                least.map(bound -> bound.way().mtu()).orElse(left),
                least,
                told ? query.map(RouteQuery::destination) : Optional.empty());
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
