package org.xfrmctl.datapath.kernel;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.datapath.engine.SecurityAssociation;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.uapi.Netlink;
import org.xfrmctl.netlink.uapi.XfrmAeventId;
import org.xfrmctl.netlink.uapi.XfrmGroup;
import org.xfrmctl.netlink.uapi.XfrmLifetimeCur;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.uapi.XfrmReplayState;
import org.xfrmctl.netlink.uapi.Xfrma;
import org.xfrmctl.netlink.xfrm.AsyncEvent;
import org.xfrmctl.netlink.xfrm.LifetimeMapping;
import org.xfrmctl.netlink.xfrm.ReplayMapping;

/**
 * Sequence numbers and use of a state, read and set for a standby host ({@code xfrm_get_ae()}, {@code xfrm_new_ae()}).
 * The thresholds of periodic reports are fixed at the kernel's defaults: there are no such reports here.
 */
final class ReplayRequests {
    /** {@code net.core.xfrm_aevent_rseqth}. */
    private static final int REPLAY_THRESHOLD = 2;
    /** {@code net.core.xfrm_aevent_etime}, in units of 100 ms. */
    private static final int TIMER_THRESHOLD = 10;

    private final StateRequests states;
    private final Multicast multicast;

    ReplayRequests(StateRequests states, Multicast multicast) {
        this.states = states;
        this.multicast = multicast;
    }

    void set(Request request) {
        boolean any = request.has(Xfrma.LTIME_VAL)
                || request.has(Xfrma.REPLAY_VAL)
                || request.has(Xfrma.REPLAY_ESN_VAL)
                || request.has(Xfrma.ETIMER_THRESH)
                || request.has(Xfrma.REPLAY_THRESH);
        if (!any || !request.message().has(Netlink.NLM_F_REPLACE)) {
            throw RequestRefusedException.of(Errno.EINVAL);
        }
        SecurityAssociation association = find(request);
        if (!association.isValid()) {
            throw RequestRefusedException.of(Errno.EINVAL);
        }
        setReplay(request, association);
        request.attributes()
                .find(Xfrma.LTIME_VAL)
                .map(attribute -> LifetimeMapping.toModel(attribute.struct(XfrmLifetimeCur.CODEC)))
                .ifPresent(association::current);
        XfrmState state = association.snapshot();
        multicast.send(XfrmGroup.AEVENTS, request.event(XfrmMsg.NEWAE, event(state, AsyncEvent.SET)::encode));
    }

    /** An attribute of the kind that the state does not use is passed over; a bitmap must keep its length. */
    private static void setReplay(Request request, SecurityAssociation association) {
        ReplayState present = association.replay();
        if (present instanceof ReplayState.Extended extended) {
            request.attributes()
                    .find(Xfrma.REPLAY_ESN_VAL)
                    .map(attribute -> sameLength(attribute, extended))
                    .ifPresent(association::replay);
        } else {
            request.attributes()
                    .find(Xfrma.REPLAY_VAL)
                    .map(attribute -> attribute.struct(XfrmReplayState.CODEC))
                    .ifPresent(raw -> association.replay(
                            new ReplayState.Basic(present.window(), raw.oseq(), raw.seq(), raw.bitmap())));
        }
    }

    private static ReplayState sameLength(Attribute attribute, ReplayState.Extended present) {
        int words = attribute.u32();
        if (words != present.bitmap().size() || attribute.length() < 24 + 4 * words) {
            throw RequestRefusedException.of(Errno.EINVAL);
        }
        return ReplayMapping.extended(attribute);
    }

    /** The reply bears the port id of the request's header, unlike all others. */
    void get(Request request) {
        XfrmState state = find(request).snapshot();
        int flags = request.body(XfrmAeventId.CODEC).flags();
        request.socket().reply(request.event(XfrmMsg.NEWAE, event(state, flags)::encode));
    }

    private SecurityAssociation find(Request request) {
        return states.findBySpi(request, request.body(XfrmAeventId.CODEC).saId())
                .orElseThrow(() -> RequestRefusedException.of(Errno.ESRCH));
    }

    private static AsyncEvent event(XfrmState state, int flags) {
        return new AsyncEvent(
                state.id(),
                state.source(),
                state.reqid(),
                flags,
                state.mark(),
                new AsyncEvent.Values(
                        Optional.of(state.replay()),
                        Optional.of(state.current()),
                        new AsyncEvent.Thresholds(
                                asked(flags, AsyncEvent.REPLAY_THRESHOLD, REPLAY_THRESHOLD),
                                asked(flags, AsyncEvent.TIMER_THRESHOLD, TIMER_THRESHOLD),
                                OptionalInt.empty()),
                        state.ifId(),
                        state.options().placement().withoutOffload(),
                        List.of()));
    }

    private static OptionalInt asked(int flags, int flag, int value) {
        return (flags & flag) != 0 ? OptionalInt.of(value) : OptionalInt.empty();
    }
}
