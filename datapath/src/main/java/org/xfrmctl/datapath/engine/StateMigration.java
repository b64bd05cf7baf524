package org.xfrmctl.datapath.engine;

import java.util.List;
import java.util.Optional;
import org.xfrmctl.datapath.engine.SecurityAssociation.Phase;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.NatTraversal;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.XfrmState;

/** States that go on between other ends ({@code xfrm_migrate_state_find()}, {@code xfrm_state_migrate()}). */
final class StateMigration {
    private final StateTable table;
    private final StateIndex index;
    private final ImpliedStates implied;

    StateMigration(StateTable table, StateIndex index, ImpliedStates implied) {
        this.table = table;
        this.index = index;
        this.implied = implied;
    }

    /** The newest state with the old ends; mark and SPI do not matter, and of if_ids only one that was asked for. */
    Optional<SecurityAssociation> find(StateMove move, IfId ifId) {
        StateMove.Ends ends = move.from();
        List<SecurityAssociation> candidates = move.isOfAnyReqid()
                ? index.byEnds(ends.destination(), ends.source(), move.protocol())
                : index.byPair(ends.destination(), ends.source(), move.reqid());
        return candidates.stream()
                .filter(found -> !found.isImplied()
                        && found.mode().equals(move.mode())
                        && found.id().protocol().equals(move.protocol())
                        && (ifId.isNone() || found.definition().ifId().equals(ifId)))
                .findFirst();
    }

    /**
     * Puts a copy of a state beside it, with the new ends. Keys, selector, limits, counters and sequence numbers go with
     * it, its error counts do not. Empty if the copy cannot live there: the new destination has such a state already, or
     * protocol or mode do not allow the change.
     */
    Optional<SecurityAssociation> copy(SecurityAssociation old, StateMove move, Optional<Encap> encap, long now) {
        XfrmState moved = moved(old.snapshot(), move, encap);
        if (!canLive(moved)) {
            return Optional.empty();
        }
        SecurityAssociation fresh = table.associate(startingFrom(old, moved), Phase.VALID);
        // The kernel sets a compression state up before it writes the new addresses, so its companion has the old.
        implied.attach(fresh, now);
        fresh.definition(moved);
        fresh.current(old.current());
        fresh.reports().takeOver(old.reports());
        if (old.destination().equals(fresh.destination())) {
            table.put(fresh);
            return Optional.of(fresh);
        }
        boolean added = table.insertPrepared(fresh).outcome() == Outcome.DONE;
        return added ? Optional.of(fresh) : Optional.empty();
    }

    private static XfrmState moved(XfrmState old, StateMove move, Optional<Encap> encap) {
        NatTraversal nat = old.options().natTraversal();
        return like(
                        old,
                        new SaId(
                                move.to().destination(),
                                old.id().spi(),
                                old.id().protocol()),
                        move.to().source())
                .options(old.options()
                        .withNatTraversal(new NatTraversal(encap.or(nat::encap), nat.keepalive(), nat.mappingTimer())))
                .build();
    }

    /** The copy with the old addresses, read as those of its new family. */
    private static XfrmState startingFrom(SecurityAssociation old, XfrmState moved) {
        Family family = moved.family();
        SaId id = old.id();
        return like(
                        moved,
                        new SaId(words(id.destination(), family), id.spi(), id.protocol()),
                        words(old.source(), family))
                .build();
    }

    private static IpAddress words(IpAddress address, Family family) {
        return family == Family.INET
                ? IpAddress.v4(address.word0())
                : new IpAddress(family, address.word0(), address.word1(), address.word2(), address.word3());
    }

    private static XfrmState.Builder like(XfrmState state, SaId id, IpAddress source) {
        return XfrmState.builder(id, source)
                .selector(state.selector())
                .mode(state.mode())
                .reqid(state.reqid())
                .seq(state.seq())
                .flags(state.flags())
                .algorithms(state.algorithms())
                .replay(state.replay())
                .limits(state.limits())
                .mark(state.mark())
                .ifId(state.ifId())
                .options(state.options());
    }

    /** What {@code xfrm_init_state()} may refuse: it has seen the state before, but not with this family and encapsulation. */
    private static boolean canLive(XfrmState state) {
        boolean tunnels = state.mode().equals(Mode.TUNNEL) || state.mode().equals(Mode.BEET);
        Family inner = state.selector().family();
        if (!tunnels && inner != Family.UNSPEC && inner != state.family()) {
            return false;
        }
        Optional<Encap> encap = state.options().encap();
        if (state.id().protocol().equals(IpProtocol.ESP)) {
            boolean encrypts = state.algorithms().stream()
                    .anyMatch(algorithm ->
                            algorithm instanceof Algorithm.Aead || algorithm instanceof Algorithm.Encryption);
            // A larval state has no keys. Type 1 is ESP in UDP as it was before RFC 3948.
            return encrypts
                    && encap.map(kind -> kind.type() == 1 || kind.type() == Encap.ESPINUDP)
                            .orElse(true);
        }
        return encap.isEmpty() && !state.algorithms().isEmpty();
    }
}
