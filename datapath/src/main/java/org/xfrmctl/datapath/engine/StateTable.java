package org.xfrmctl.datapath.engine;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xfrmctl.datapath.engine.SecurityAssociation.Phase;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.XfrmState;

/**
 * The SAD with the rules of {@code net/xfrm/xfrm_state.c}: who is found, who is refused, who is preferred. Guarded by
 * the lock of its {@link XfrmNamespace}. Requests are taken as valid: the netlink front has checked them.
 */
public final class StateTable {
    private final XfrmNamespace namespace;
    private final StateIndex index;
    private final ImpliedStates implied;
    private final LarvalStates larvals;
    private final StateMigration migration;
    private final StateLimits limits;

    private int acquires;

    StateTable(XfrmNamespace namespace) {
        this.namespace = namespace;
        this.index = new StateIndex(namespace.revision());
        this.implied = new ImpliedStates(index, namespace.revision());
        this.larvals = new LarvalStates(this, index);
        this.migration = new StateMigration(this, index, implied);
        this.limits = new StateLimits(this, namespace);
    }

    /**
     * Adds a state, as {@code NEWSA} does. {@link Outcome#EXISTS} if destination, SPI, protocol and mark find another
     * one, larval ones included; source, reqid and if_id do not tell two states apart. A larval state with the same
     * {@code seq}, or one without SPI that waits for just this state, goes.
     */
    public StateResult insert(SecurityAssociation fresh) {
        // The companion comes before the test for EEXIST, and goes with its owner if that fails.
        implied.attach(fresh, namespace.seconds());
        return insertPrepared(fresh);
    }

    /** As {@link #insert}, for a state that has its companion already. */
    StateResult insertPrepared(SecurityAssociation fresh) {
        if (locate(fresh.definition()).isPresent()) {
            implied.detach(fresh);
            return StateResult.of(Outcome.EXISTS);
        }
        Optional<SecurityAssociation> larval = larvals.awaiting(fresh.definition());
        put(fresh);
        larval.ifPresent(this::delete);
        return StateResult.done(fresh);
    }

    /**
     * Changes a state, as {@code UPDSA} does: a larval one is replaced; of a valid one only encapsulation (same type),
     * care-of address, limits, output mark and if_id change, and {@link Outcome#DONE} says nothing about the rest.
     */
    public StateResult update(SecurityAssociation fresh) {
        implied.attach(fresh, namespace.seconds());
        Optional<SecurityAssociation> present = locate(fresh.definition());
        if (present.isPresent() && present.get().phase() == Phase.LARVAL) {
            put(fresh);
            delete(present.get());
            return StateResult.done(fresh);
        }
        implied.detach(fresh);
        if (present.isEmpty()) {
            return StateResult.of(Outcome.NOT_FOUND);
        }
        return present.get().isImplied()
                ? StateResult.of(Outcome.EXISTS)
                : updateValid(present.get(), fresh.definition());
    }

    private StateResult updateValid(SecurityAssociation association, XfrmState request) {
        Optional<XfrmState> changed = StateUpdate.apply(association.definition(), request);
        if (changed.isEmpty()) {
            return StateResult.of(Outcome.INVALID);
        }
        association.definition(changed.get());
        association.dying(false);
        limits.start(association);
        // A hard limit is for the timer, when all is done; a soft one is told of before the marks change.
        limits.warnIfLow(association);
        association.definition(StateUpdate.mark(association.definition(), request));
        if (association.isUsed()) {
            limits.isExpired(association);
        }
        return StateResult.done(association);
    }

    /**
     * Removes a state that a lookup gave. {@link Outcome#IN_USE} for an implied state: it goes with the last compression
     * state that uses it.
     */
    public Outcome remove(SecurityAssociation association) {
        if (association.isImplied()) {
            return Outcome.IN_USE;
        }
        return delete(association) ? Outcome.DONE : Outcome.NOT_FOUND;
    }

    /**
     * Removes all states of a protocol: {@link IpProtocol#ANY} all, {@link IpProtocol#IPSEC_ANY} those with SPIs. Implied
     * states go only with their users.
     *
     * @return how many were removed, the implied ones not counted
     */
    public int flush(IpProtocol proto) {
        int count = 0;
        for (SecurityAssociation association : index.newestFirst()) {
            if (!association.isImplied() && selects(proto, association.id().protocol())) {
                delete(association);
                count++;
            }
        }
        return count;
    }

    /** Whether a protocol filter of a flush or dump covers a protocol ({@code xfrm_id_proto_match}). */
    public static boolean selects(IpProtocol filter, IpProtocol proto) {
        return filter.equals(IpProtocol.ANY)
                || filter.equals(proto)
                || (filter.equals(IpProtocol.IPSEC_ANY) && proto.isIpsec());
    }

    /** All states, the newest first, as a dump lists them. */
    public List<SecurityAssociation> list() {
        return index.newestFirst();
    }

    public int size() {
        return index.size();
    }

    /** The state that takes an inbound packet, or that a request names; {@code mark} is the packet's or the request's. */
    public Optional<SecurityAssociation> find(SaId id, int mark) {
        return Optional.ofNullable(
                find(id.destination(), id.spi().bits(), id.protocol().number(), mark));
    }

    /** As {@link #find(SaId, int)}, for each packet: no object is made for it. */
    @Nullable
    SecurityAssociation find(IpAddress destination, int spi, int protocol, int mark) {
        return index.find(destination, spi, protocol, mark);
    }

    /** How many states the lookups by SPI have looked at. */
    long looks() {
        return index.looks();
    }

    /** As {@link #find}, for protocols without SPI: IPIP and those of mobile IPv6. */
    public Optional<SecurityAssociation> findByEnds(
            IpAddress destination, IpAddress source, IpProtocol proto, int mark) {
        return first(index.byEnds(destination, source, proto), mark);
    }

    /** The key of the implied state that takes packets of protocol 4 or 41 between two (outer) addresses, if there is one. */
    Optional<SaId> impliedId(IpAddress destination, IpAddress source) {
        return implied.spi(source).map(spi -> new SaId(destination, spi, ImpliedStates.protocol(source.family())));
    }

    /** Chooses the state for a template ({@code xfrm_state_find}); a larval one that stands in the way is no state. */
    public Selection select(StateQuery query) {
        return new StateSelector(index).select(query);
    }

    /** Gives a larval state an SPI, making the state first where none waits; see {@link LarvalStates#allocate}. */
    public StateResult allocateSpi(XfrmState request, int lowest, int highest) {
        return larvals.allocate(request, lowest, highest, namespace.random());
    }

    /** The state that a migration is about: the newest with the old ends ({@code xfrm_migrate_state_find()}). */
    Optional<SecurityAssociation> findToMove(StateMove move, IfId ifId) {
        return migration.find(move, ifId);
    }

    /** A copy of a state with other ends, in the table beside it ({@code xfrm_state_migrate()}). */
    Optional<SecurityAssociation> copy(SecurityAssociation association, StateMove move, Optional<Encap> encap) {
        return migration.copy(association, move, encap, namespace.seconds());
    }

    /** Adds a state without keys that waits for negotiation; it expires unless completed. */
    public SecurityAssociation insertLarval(XfrmState state) {
        return insertLarval(state, state.id().destination(), state.source());
    }

    /** As {@link #insertLarval(XfrmState)}, for a flow whose ends may be others than the state's. */
    SecurityAssociation insertLarval(XfrmState state, IpAddress destination, IpAddress source) {
        SecurityAssociation association = associate(state, Phase.LARVAL);
        association.reports().packets(0);
        association.reports().ticks(0);
        if (destination.equals(state.id().destination()) && source.equals(state.source())) {
            index.add(association);
        } else {
            index.addAside(association, destination, source);
        }
        start(association);
        return association;
    }

    /** The number that ties the next acquire to its answer; counted from 1. */
    public int nextAcquire() {
        return ++acquires;
    }

    /** What counts and the clock put an end to. */
    StateLimits limits() {
        return limits;
    }

    /** See {@link StateLimits#restore}. */
    public void restore(SecurityAssociation association, LifetimeCurrent used) {
        limits.restore(association, used);
    }

    /** Tells if a packet of a state in UDP has come from elsewhere ({@code km_new_mapping()}). */
    void cameFrom(SecurityAssociation association, IpAddress source, int port) {
        Optional<Encap> encap = association.definition().options().encap();
        boolean moved = encap.isPresent() && (port != encap.get().sourcePort() || !source.equals(association.source()));
        if (moved && association.tellsMapping(port, namespace.seconds())) {
            namespace.events().peerMoved(association.definition(), source, port);
        }
    }

    /** Ends a state as a hard limit does: gone first, then the event. */
    public void expire(SecurityAssociation association) {
        if (delete(association)) {
            namespace.events().stateExpired(association.snapshot(), true);
        }
    }

    private boolean delete(SecurityAssociation association) {
        if (!index.contains(association)) {
            return false;
        }
        index.remove(association);
        limits.cancel(association);
        association.phase(Phase.DEAD);
        implied.detach(association);
        return true;
    }

    public StateResult insert(XfrmState state) {
        return insert(construct(state));
    }

    public StateResult update(XfrmState state) {
        return update(construct(state));
    }

    /** A state that is not in the table yet: until it is, its counters and thresholds may be set. */
    public SecurityAssociation construct(XfrmState state) {
        return associate(StateUpdate.complete(state), Phase.VALID);
    }

    /** As {@link #construct}, of a state that is complete as it is. */
    SecurityAssociation associate(XfrmState state, Phase phase) {
        return new SecurityAssociation(state, phase, namespace.seconds(), namespace.revision());
    }

    /** Takes a state over from another kernel, which has checked it; what was counted there comes along. */
    void adopt(XfrmState state) {
        SecurityAssociation association = construct(state);
        association.current(state.current());
        if (association.isImplied()) {
            implied.adopt(association);
            return;
        }
        implied.attach(association, namespace.seconds());
        association.dying(limits.isNearEnd(association));
        put(association);
    }

    void put(SecurityAssociation association) {
        index.add(association);
        start(association);
    }

    private void start(SecurityAssociation association) {
        association.reports().start(namespace.millis());
        limits.start(association);
    }

    /** Who is in the way of a new state: found with the value of its mark ({@code __xfrm_state_locate}). */
    private Optional<SecurityAssociation> locate(XfrmState state) {
        Mark mark = state.mark();
        int key = mark.value() & mark.mask();
        return state.id().protocol().isIpsec()
                ? find(state.id(), key)
                : findByEnds(
                        state.id().destination(), state.source(), state.id().protocol(), key);
    }

    private static Optional<SecurityAssociation> first(List<SecurityAssociation> bucket, int mark) {
        for (SecurityAssociation association : bucket) {
            if (association.definition().mark().matches(mark)) {
                return Optional.of(association);
            }
        }
        return Optional.empty();
    }
}
