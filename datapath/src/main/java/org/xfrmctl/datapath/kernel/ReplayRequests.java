package org.xfrmctl.datapath.kernel;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.datapath.engine.SecurityAssociation;
import org.xfrmctl.datapath.engine.StateTable;
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

/** Sequence numbers and use of a state, read and set for a standby host ({@code xfrm_get_ae()}, {@code xfrm_new_ae()}). */
final class ReplayRequests {
    private final StateRequests states;
    private final StateTable table;
    private final Multicast multicast;

    ReplayRequests(StateRequests states, StateTable table, Multicast multicast) {
        this.states = states;
        this.table = table;
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
                .ifPresent(used -> table.restore(association, used));
        StateRequests.setReports(request, association.reports());
        request.attributes().find(Xfrma.MTIMER_THRESH).map(Attribute::u32).ifPresent(association::mappingTimer);
        AsyncEvent event = event(association.snapshot(), AsyncEvent.SET, AsyncEvent.Thresholds.UNTOLD);
        multicast.send(XfrmGroup.AEVENTS, request.event(XfrmMsg.NEWAE, event::encode));
    }

    /** An attribute of the kind that the state does not use is passed over; a bitmap must keep its length. */
    private static void setReplay(Request request, SecurityAssociation association) {
        ReplayState present = association.replay();
        Optional<ReplayState> wanted = present instanceof ReplayState.Extended extended
                ? request.attributes().find(Xfrma.REPLAY_ESN_VAL).map(attribute -> sameLength(attribute, extended))
                : request.attributes()
                        .find(Xfrma.REPLAY_VAL)
                        .map(attribute -> attribute.struct(XfrmReplayState.CODEC))
                        .map(raw -> new ReplayState.Basic(present.window(), raw.oseq(), raw.seq(), raw.bitmap()));
        wanted.ifPresent(replay -> {
            association.replay(replay);
            association.reports().set(replay);
        });
    }

    private static ReplayState sameLength(Attribute attribute, ReplayState.Extended present) {
        int words = attribute.u32();
        if (words != present.bitmap().size() || attribute.length() < 24 + 4 * words) {
            throw RequestRefusedException.of(Errno.EINVAL);
        }
        ReplayState wanted = ReplayMapping.extended(attribute);
        if (Integer.toUnsignedLong(wanted.window()) > 32L * words) {
            throw RequestRefusedException.of(Errno.EINVAL);
        }
        return wanted;
    }

    /** The reply bears the port id of the request's header, unlike all others. */
    void get(Request request) {
        SecurityAssociation association = find(request);
        int flags = request.body(XfrmAeventId.CODEC).flags();
        AsyncEvent.Thresholds thresholds = new AsyncEvent.Thresholds(
                asked(flags, AsyncEvent.REPLAY_THRESHOLD, association.reports().packets()),
                asked(flags, AsyncEvent.TIMER_THRESHOLD, association.reports().tenths()),
                OptionalInt.empty());
        AsyncEvent event = event(association.snapshot(), flags, thresholds);
        request.socket().reply(request.event(XfrmMsg.NEWAE, event::encode));
    }

    private SecurityAssociation find(Request request) {
        return states.findBySpi(request, request.body(XfrmAeventId.CODEC).saId())
                .orElseThrow(() -> RequestRefusedException.of(Errno.ESRCH));
    }

    /** What NEWAE says of a state ({@code build_aevent()}). */
    static AsyncEvent event(XfrmState state, int flags, AsyncEvent.Thresholds thresholds) {
        return new AsyncEvent(
                state.id(),
                state.source(),
                state.reqid(),
                flags,
                state.mark(),
                new AsyncEvent.Values(
                        Optional.of(state.replay()),
                        Optional.of(state.current()),
                        thresholds,
                        state.ifId(),
                        state.options().placement().withoutOffload(),
                        List.of()));
    }

    private static OptionalInt asked(int flags, int flag, int value) {
        return (flags & flag) != 0 ? OptionalInt.of(value) : OptionalInt.empty();
    }
}
