package org.xfrmctl.manager.status;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaDirection;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/**
 * Finds what belongs together in a kernel, without a definition, whoever made it: the {@link Bundles} of states, and the IPIP
 * companion of an IPComp tunnel, which has its gateways alone.
 */
public final class ObservedChildSas {
    /** In the order in which packets meet them: nobody compresses what is encrypted. */
    private static final List<IpProtocol> OUTWARD =
            List.of(IpProtocol.COMP, IpProtocol.IPIP, IpProtocol.IPV6, IpProtocol.ESP, IpProtocol.AH);

    private static final List<IpProtocol> INWARD =
            List.of(IpProtocol.AH, IpProtocol.ESP, IpProtocol.COMP, IpProtocol.IPIP, IpProtocol.IPV6);

    private final Snapshot snapshot;
    private final Set<IpAddress> own;

    /** By what ties them to states: with thousands of either not each is held against each. */
    private final Map<Name, List<XfrmPolicy>> policies = new HashMap<>();

    private final Map<Pair, List<XfrmState>> companions;

    private ObservedChildSas(Snapshot snapshot, Set<IpAddress> own) {
        this.snapshot = snapshot;
        this.own = own;
        for (XfrmPolicy policy : snapshot.policies()) {
            policy.templates().stream()
                    .map(template -> new Name(template.reqid(), policy.ifId()))
                    .distinct()
                    .forEach(name -> policies.computeIfAbsent(name, each -> new ArrayList<>())
                            .add(policy));
        }
        companions = snapshot.states().stream().filter(XfrmState::isImplied).collect(Collectors.groupingBy(Pair::of));
    }

    private record Name(Reqid reqid, IfId ifId) {}

    /** The ends of one direction. */
    private record Pair(IpAddress source, IpAddress destination) {
        static Pair of(XfrmState state) {
            return new Pair(state.source(), state.id().destination());
        }
    }

    /**
     * All of them, the oldest first.
     *
     * @param own the host's addresses, as far as they are known
     */
    public static List<ChildSa> of(Snapshot snapshot, Set<IpAddress> own) {
        return new ObservedChildSas(snapshot, own).all();
    }

    private List<ChildSa> all() {
        Bundles bundles = new Bundles(snapshot);
        Map<Bundles.Tie, List<XfrmState>> groups = new LinkedHashMap<>();
        for (int i = snapshot.states().size() - 1; i >= 0; i--) {
            XfrmState state = snapshot.states().get(i);
            // A larval one waits for a keying daemon and has counted nothing.
            if (!state.isImplied() && !state.id().spi().equals(Spi.NONE)) {
                groups.computeIfAbsent(bundles.of(state), each -> new ArrayList<>())
                        .add(state);
            }
        }
        Map<Bundles.Tie, String> names = new LinkedHashMap<>();
        groups.forEach((key, states) -> names.put(key, name(states)));
        Map<Pair, Set<Bundles.Tie>> compressing = new HashMap<>();
        groups.forEach((key, states) -> tunnelsOfCompression(states)
                .forEach(pair -> compressing
                        .computeIfAbsent(pair, each -> new LinkedHashSet<>())
                        .add(key)));
        List<ChildSa> found = new ArrayList<>();
        groups.forEach((key, states) -> {
            List<String> sharing = tunnelsOfCompression(states)
                    .flatMap(pair -> compressing.getOrDefault(pair, Set.of()).stream())
                    .filter(other -> !other.equals(key))
                    .distinct()
                    .map(other -> names.getOrDefault(other, ""))
                    .toList();
            found.add(new ChildSa(names.getOrDefault(key, ""), members(states), selectors(states), sharing));
        });
        return found;
    }

    private String name(List<XfrmState> states) {
        XfrmState first = states.get(0);
        boolean out = direction(first) == Direction.OUT;
        IpAddress local = out ? first.source() : first.id().destination();
        IpAddress remote = out ? first.id().destination() : first.source();
        List<String> reqids = states.stream()
                .map(XfrmState::reqid)
                .filter(reqid -> !reqid.equals(Reqid.NONE))
                .map(Reqid::toString)
                .distinct()
                .sorted(Comparator.comparing(String::length).thenComparing(Comparator.naturalOrder()))
                .toList();
        return local + " - " + remote
                + (reqids.isEmpty() ? "" : ", reqid " + String.join(" and ", reqids))
                + (first.ifId().equals(IfId.NONE) ? "" : ", if_id " + first.ifId());
    }

    private List<ChildSa.Member> members(List<XfrmState> states) {
        return Stream.concat(ordered(Direction.OUT, OUTWARD, states), ordered(Direction.IN, INWARD, states))
                .toList();
    }

    /** The kernel's companion of a compressing tunnel is where that is. */
    private Stream<ChildSa.Member> ordered(Direction direction, List<IpProtocol> order, List<XfrmState> states) {
        List<XfrmState> here =
                states.stream().filter(state -> direction(state) == direction).toList();
        return Stream.concat(
                        here.stream(),
                        tunnelsOfCompression(here).flatMap(pair -> companions.getOrDefault(pair, List.of()).stream()))
                .sorted(Comparator.comparingInt(
                        state -> order.indexOf(state.id().protocol())))
                .map(state -> ChildSa.Member.of(direction, state));
    }

    private static Stream<Pair> tunnelsOfCompression(List<XfrmState> states) {
        return states.stream()
                .filter(state -> state.id().protocol().equals(IpProtocol.COMP)
                        && state.mode().equals(Mode.TUNNEL))
                .map(Pair::of)
                .distinct();
    }

    /**
     * Where a state is used: as it says itself ({@code XFRMA_SA_DIR}), by whose addresses it has, by the policies that lead to
     * it, and at last by the side of its sequence numbers that has moved.
     */
    private Direction direction(XfrmState state) {
        Optional<SaDirection> said = state.options().placement().direction();
        if (said.isPresent()) {
            return said.get() == SaDirection.OUT ? Direction.OUT : Direction.IN;
        }
        boolean from = own.contains(state.source());
        boolean to = own.contains(state.id().destination());
        if (from != to) {
            return from ? Direction.OUT : Direction.IN;
        }
        boolean out = isAskedFor(state, Direction.OUT);
        boolean in = isAskedFor(state, Direction.IN) || isAskedFor(state, Direction.FWD);
        if (out != in) {
            return out ? Direction.OUT : Direction.IN;
        }
        return hasSent(state) ? Direction.OUT : Direction.IN;
    }

    private boolean isAskedFor(XfrmState state, Direction direction) {
        return leading(state, direction).findAny().isPresent();
    }

    private Stream<XfrmPolicy> leading(XfrmState state, Direction direction) {
        return Stream.of(state.reqid(), Reqid.NONE)
                .distinct()
                .flatMap(reqid -> policies.getOrDefault(new Name(reqid, state.ifId()), List.of()).stream())
                .filter(policy -> policy.direction() == direction)
                .filter(policy -> policy.templates().stream()
                        .anyMatch(template -> TemplateStates.leadsTo(policy, template, state)));
    }

    /** Of what is sent; of states for the way in alone, what would be answered. */
    private List<Selector> selectors(List<XfrmState> states) {
        List<Selector> out = states.stream()
                .flatMap(state -> leading(state, Direction.OUT))
                .map(XfrmPolicy::selector)
                .distinct()
                .toList();
        return out.isEmpty()
                ? states.stream()
                        .flatMap(state -> Stream.concat(leading(state, Direction.IN), leading(state, Direction.FWD)))
                        .map(policy -> reversed(policy.selector()))
                        .distinct()
                        .toList()
                : out;
    }

    private static Selector reversed(Selector selector) {
        return new Selector(
                selector.destination(),
                selector.source(),
                selector.proto(),
                selector.destinationPort(),
                selector.sourcePort(),
                selector.binding());
    }

    private static boolean hasSent(XfrmState state) {
        ReplayState replay = state.replay();
        return replay instanceof ReplayState.Basic basic
                ? basic.outbound() != 0
                : replay instanceof ReplayState.Extended extended && extended.outbound() != 0;
    }
}
