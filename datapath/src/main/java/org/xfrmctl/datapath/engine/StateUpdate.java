package org.xfrmctl.datapath.engine;

import java.util.Optional;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.NatTraversal;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.StateExtras;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.XfrmState;

/** What the kernel makes of the states in requests: the little that an update changes, and what a new one lacks. */
final class StateUpdate {
    private StateUpdate() {}

    /** What {@code UPDSA} makes of a valid state before it looks at its limits; empty if the encapsulation is another one, which is refused. */
    static Optional<XfrmState> apply(XfrmState present, XfrmState request) {
        if (!encapType(present).equals(encapType(request))) {
            return Optional.empty();
        }
        return Optional.of(present.toBuilder()
                .selector(present.id().protocol().isIpsec() ? present.selector() : request.selector())
                .limits(request.limits())
                .options(options(present.options(), request.options()))
                .build());
    }

    /** What it changes after that: an expiry has told of the old ones. */
    static XfrmState mark(XfrmState present, XfrmState request) {
        return present.toBuilder()
                .ifId(request.ifId().isNone() ? present.ifId() : request.ifId())
                .options(present.options()
                        .withOutputMark(request.options()
                                .outputMark()
                                .filter(mark -> !mark.isNone())
                                .or(present.options()::outputMark)))
                .build();
    }

    private static Optional<Integer> encapType(XfrmState state) {
        return state.options().encap().map(Encap::type);
    }

    /** Of these and the output mark only encapsulation and care-of address can change ({@code xfrm_state_update()}). */
    private static StateOptions options(StateOptions old, StateOptions wanted) {
        StateExtras extras = old.extras();
        Optional<IpAddress> careOf =
                extras.careOf().map(address -> wanted.extras().careOf().orElse(address));
        NatTraversal nat = old.natTraversal();
        return old.withNatTraversal(new NatTraversal(wanted.encap(), nat.keepalive(), nat.mappingTimer()))
                .withExtras(new StateExtras(careOf, extras.tfcPad(), extras.lastUsed(), extras.label()));
    }

    /** A selector without family gets the state's, unless the flag af-unspec asks for both ({@code xfrm_user.c}). */
    static XfrmState complete(XfrmState state) {
        XfrmState.Builder builder = state.toBuilder().mark(state.mark().masked());
        Selector selector = state.selector();
        if (selector.family() == Family.UNSPEC && !state.flags().has(StateFlag.AF_UNSPEC)) {
            IpPrefix any = IpPrefix.any(state.family());
            builder.selector(new Selector(
                    any, any, selector.proto(), selector.sourcePort(), selector.destinationPort(), selector.binding()));
        }
        return builder.build();
    }
}
