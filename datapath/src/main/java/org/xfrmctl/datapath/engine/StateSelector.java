package org.xfrmctl.datapath.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xfrmctl.datapath.engine.SecurityAssociation.Phase;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmState;

/** Chooses the outbound state for a template ({@code xfrm_state_find}, {@code xfrm_state_look_at}). */
final class StateSelector {
    private final StateIndex index;

    StateSelector(StateIndex index) {
        this.index = index;
    }

    Selection select(StateQuery query) {
        Scan scan = new Scan(query);
        scan.over(index.byPair(
                query.destination(), query.source(), query.template().reqid()));
        if (scan.isUndecided()) {
            IpAddress any = IpAddress.any(query.source().family());
            scan.over(index.byPair(query.destination(), any, query.template().reqid()));
        }
        if (scan.best != null) {
            return new Selection.Found(scan.best);
        }
        if (scan.acquiring) {
            return new Selection.Pending();
        }
        return isSpiTaken(query) ? new Selection.Taken() : new Selection.Missing();
    }

    private boolean isSpiTaken(StateQuery query) {
        Template template = query.template();
        if (template.id().spi().equals(Spi.NONE)) {
            return false;
        }
        int spi = template.id().spi().bits();
        return index.find(query.destination(), spi, template.protocol().number(), query.mark()) != null;
    }

    /** Why a state of the right chain is no candidate; null if it is one. */
    static @Nullable Mismatch mismatch(StateQuery query, SecurityAssociation association) {
        XfrmState state = association.definition();
        Template template = query.template();
        if (!state.mark().matches(query.mark())) {
            return Mismatch.MARK;
        } else if (!state.ifId().equals(query.ifId())) {
            return Mismatch.IF_ID;
        } else if (state.flags().has(StateFlag.WILDRECV)) {
            return Mismatch.WILDRECV;
        } else if (!state.id().protocol().equals(template.protocol())) {
            return Mismatch.PROTOCOL;
        } else if (!state.mode().equals(template.mode())) {
            return Mismatch.MODE;
        } else if (!template.id().spi().equals(Spi.NONE)
                && !template.id().spi().equals(state.id().spi())) {
            return Mismatch.SPI;
        } else if (association.phase() == Phase.LARVAL) {
            return Mismatch.LARVAL;
        }
        return covers(state.selector(), query.flow()) ? null : Mismatch.SELECTOR;
    }

    private static boolean covers(Selector selector, FlowKey flow) {
        return selector.family() == Family.UNSPEC || flow.matches(selector);
    }

    /** One walk over the candidates, newest first. */
    private static final class Scan {
        private final StateQuery query;
        private @Nullable SecurityAssociation best;
        private boolean acquiring;

        Scan(StateQuery query) {
            this.query = query;
        }

        boolean isUndecided() {
            return best == null && !acquiring;
        }

        void over(List<SecurityAssociation> bucket) {
            for (SecurityAssociation association : bucket) {
                Mismatch mismatch = mismatch(query, association);
                if (mismatch == Mismatch.LARVAL) {
                    acquiring = true;
                } else if (mismatch == null && isBetter(association)) {
                    best = association;
                }
            }
        }

        /** A state that is not dying beats one that is; then the younger by whole seconds; then the first seen. */
        private boolean isBetter(SecurityAssociation association) {
            if (best == null) {
                return true;
            }
            if (best.isDying() != association.isDying()) {
                return best.isDying();
            }
            return association.addTime() > best.addTime();
        }
    }
}
