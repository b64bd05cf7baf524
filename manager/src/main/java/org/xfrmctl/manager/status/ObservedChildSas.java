package org.xfrmctl.manager.status;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
 * Finds what belongs together in a kernel, without a definition. States of one flow have the same gateways, reqid and if_id,
 * whoever made them; the IPIP companion of an IPComp tunnel has its gateways alone.
 */
public final class ObservedChildSas {
    /** In the order in which packets meet them: nobody compresses what is encrypted. */
    private static final List<IpProtocol> OUTWARD =
            List.of(IpProtocol.COMP, IpProtocol.IPIP, IpProtocol.IPV6, IpProtocol.ESP, IpProtocol.AH);

    private static final List<IpProtocol> INWARD =
            List.of(IpProtocol.AH, IpProtocol.ESP, IpProtocol.COMP, IpProtocol.IPIP, IpProtocol.IPV6);

    private final Snapshot snapshot;
    private final Set<IpAddress> own;

    private ObservedChildSas(Snapshot snapshot, Set<IpAddress> own) {
        this.snapshot = snapshot;
        this.own = own;
    }

    private record Key(Set<IpAddress> gateways, Reqid reqid, IfId ifId) {}

    /**
     * All of them, the oldest first.
     *
     * @param own the host's addresses, as far as they are known
     */
    public static List<ChildSa> of(Snapshot snapshot, Set<IpAddress> own) {
        return new ObservedChildSas(snapshot, own).all();
    }

    private List<ChildSa> all() {
        Map<Key, List<XfrmState>> groups = new LinkedHashMap<>();
        for (int i = snapshot.states().size() - 1; i >= 0; i--) {
            XfrmState state = snapshot.states().get(i);
            // A larval one waits for a keying daemon and has counted nothing.
            if (!state.isImplied() && !state.id().spi().equals(Spi.NONE)) {
                groups.computeIfAbsent(key(state), each -> new ArrayList<>()).add(state);
            }
        }
        Map<Key, String> names = new LinkedHashMap<>();
        groups.forEach((key, states) -> names.put(key, name(key, states)));
        List<ChildSa> found = new ArrayList<>();
        groups.forEach((key, states) -> found.add(new ChildSa(
                names.getOrDefault(key, ""), members(states), selectors(states), sharing(key, states, groups, names))));
        return found;
    }

    private static Key key(XfrmState state) {
        return new Key(gateways(state), state.reqid(), state.ifId());
    }

    private static Set<IpAddress> gateways(XfrmState state) {
        // Both may be the same: a host that talks to itself.
        return state.source().equals(state.id().destination())
                ? Set.of(state.source())
                : Set.of(state.source(), state.id().destination());
    }

    private String name(Key key, List<XfrmState> states) {
        XfrmState first = states.get(0);
        boolean out = direction(first) == Direction.OUT;
        IpAddress local = out ? first.source() : first.id().destination();
        IpAddress remote = out ? first.id().destination() : first.source();
        return local + " - " + remote
                + (key.reqid().equals(Reqid.NONE) ? "" : ", reqid " + key.reqid())
                + (key.ifId().equals(IfId.NONE) ? "" : ", if_id " + key.ifId());
    }

    private List<ChildSa.Member> members(List<XfrmState> states) {
        List<XfrmState> all = new ArrayList<>(states);
        snapshot.states().stream()
                .filter(XfrmState::isImplied)
                .filter(implied -> states.stream().anyMatch(state -> isBeside(implied, state)))
                .forEach(all::add);
        return Stream.concat(ordered(Direction.OUT, OUTWARD, all), ordered(Direction.IN, INWARD, all))
                .toList();
    }

    private Stream<ChildSa.Member> ordered(Direction direction, List<IpProtocol> order, List<XfrmState> states) {
        return states.stream()
                .filter(state -> direction(state) == direction)
                .sorted(Comparator.comparingInt(
                        state -> order.indexOf(state.id().protocol())))
                .map(state -> ChildSa.Member.of(direction, state));
    }

    private static boolean isBeside(XfrmState implied, XfrmState state) {
        return state.id().protocol().equals(IpProtocol.COMP)
                && state.mode().equals(Mode.TUNNEL)
                && implied.source().equals(state.source())
                && implied.id().destination().equals(state.id().destination());
    }

    private static List<String> sharing(
            Key key, List<XfrmState> states, Map<Key, List<XfrmState>> groups, Map<Key, String> names) {
        return groups.entrySet().stream()
                .filter(other -> !other.getKey().equals(key))
                .filter(other -> other.getValue().stream()
                        .anyMatch(theirs -> states.stream()
                                .anyMatch(ours -> isTunnelOfCompression(ours)
                                        && isTunnelOfCompression(theirs)
                                        && ours.source().equals(theirs.source())
                                        && ours.id()
                                                .destination()
                                                .equals(theirs.id().destination()))))
                .map(other -> names.getOrDefault(other.getKey(), ""))
                .toList();
    }

    private static boolean isTunnelOfCompression(XfrmState state) {
        return state.id().protocol().equals(IpProtocol.COMP) && state.mode().equals(Mode.TUNNEL);
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
        return snapshot.policies().stream()
                .filter(policy -> policy.direction() == direction)
                .anyMatch(policy -> policy.templates().stream()
                        .anyMatch(template -> TemplateStates.leadsTo(policy, template, state)));
    }

    private List<Selector> selectors(List<XfrmState> states) {
        return snapshot.policies().stream()
                .filter(policy -> policy.direction() == Direction.OUT)
                .filter(policy -> policy.templates().stream()
                        .anyMatch(template ->
                                states.stream().anyMatch(state -> TemplateStates.leadsTo(policy, template, state))))
                .map(XfrmPolicy::selector)
                .toList();
    }

    private static boolean hasSent(XfrmState state) {
        ReplayState replay = state.replay();
        return replay instanceof ReplayState.Basic basic
                ? basic.outbound() != 0
                : replay instanceof ReplayState.Extended extended && extended.outbound() != 0;
    }
}
