package org.xfrmctl.datapath.engine;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.xfrmctl.datapath.engine.SecurityAssociation.Phase;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.XfrmState;

/** States that exist by address and SPI only and wait for their keys ({@code XFRM_STATE_ACQ}). */
final class LarvalStates {
    private final StateTable table;
    private final StateIndex index;

    LarvalStates(StateTable table, StateIndex index) {
        this.table = table;
        this.index = index;
    }

    /** The larval state that a new state completes: by its acquire number, else by all that makes it but SPI and if_id. */
    Optional<SecurityAssociation> awaiting(XfrmState state) {
        if (!state.id().protocol().isIpsec()) {
            return Optional.empty();
        }
        return bySequence(state)
                .filter(found -> found.id().protocol().equals(state.id().protocol()))
                .or(() -> byProperties(state));
    }

    /**
     * Finds or makes a larval state and gives it an SPI, as {@code ALLOCSPI} does: the one asked for if both bounds are
     * equal, else random tries. {@link Outcome#NOT_FOUND} if every try was in use; the state without SPI stays then.
     *
     * @param request addresses, protocol, reqid, mode, mark and limits of a state to make; its seq finds one that an
     *     acquire made, and a state that is made here has none
     */
    StateResult allocate(XfrmState request, int lowest, int highest, RandomGenerator random) {
        SecurityAssociation larval = bySequence(request)
                .or(() -> byProperties(request))
                .orElseGet(() -> table.insertLarval(request.toBuilder().seq(0).build()));
        if (!larval.id().spi().equals(Spi.NONE)) {
            return StateResult.done(larval);
        }
        Optional<Spi> spi = choose(larval, lowest, highest, random);
        if (spi.isEmpty()) {
            return StateResult.of(Outcome.NOT_FOUND);
        }
        XfrmState old = larval.definition();
        larval.definition(XfrmState.builder(
                        new SaId(old.id().destination(), spi.get(), old.id().protocol()), old.source())
                .selector(old.selector())
                .mode(old.mode())
                .reqid(old.reqid())
                .seq(old.seq())
                .limits(old.limits())
                .mark(old.mark())
                .ifId(old.ifId())
                .options(old.options())
                .build());
        index.addSpi(larval);
        return StateResult.done(larval);
    }

    /** An SPI of 0 is none: who draws it, or asks for nothing else, gets none. */
    private Optional<Spi> choose(SecurityAssociation larval, int lowest, int highest, RandomGenerator random) {
        long from = Integer.toUnsignedLong(lowest);
        long span = Integer.toUnsignedLong(highest) - from + 1;
        for (long tries = 0; tries < span; tries++) {
            Spi spi = new Spi((int) (from + (span == 1 ? 0 : random.nextLong(span))));
            SaId id = new SaId(larval.destination(), spi, larval.id().protocol());
            if (table.find(id, key(larval.definition())).isEmpty()) {
                return Optional.of(spi).filter(found -> !found.equals(Spi.NONE));
            }
        }
        return Optional.empty();
    }

    private Optional<SecurityAssociation> bySequence(XfrmState state) {
        if (state.seq() == 0) {
            return Optional.empty();
        }
        return index.newestFirst().stream()
                .filter(found -> found.phase() == Phase.LARVAL
                        && found.definition().seq() == state.seq()
                        && found.definition().mark().matches(key(state))
                        && found.destination().equals(state.id().destination()))
                .findFirst();
    }

    private Optional<SecurityAssociation> byProperties(XfrmState state) {
        List<SecurityAssociation> bucket = index.byPair(state.id().destination(), state.source(), state.reqid());
        return bucket.stream()
                .filter(found -> found.phase() == Phase.LARVAL
                        && found.id().spi().equals(Spi.NONE)
                        && found.mode().equals(state.mode())
                        && found.id().protocol().equals(state.id().protocol())
                        && found.definition().mark().matches(key(state)))
                .findFirst();
    }

    private static int key(XfrmState state) {
        return state.mark().value() & state.mark().mask();
    }
}
