package org.xfrmctl.datapath.kernel;

import org.xfrmctl.datapath.engine.SecurityAssociation;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.uapi.Netlink;
import org.xfrmctl.netlink.uapi.XfrmAeventId;
import org.xfrmctl.netlink.uapi.XfrmGroup;
import org.xfrmctl.netlink.uapi.XfrmLifetimeCur;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.uapi.XfrmReplayState;
import org.xfrmctl.netlink.uapi.Xfrma;
import org.xfrmctl.netlink.xfrm.AddressMapping;
import org.xfrmctl.netlink.xfrm.LifetimeMapping;
import org.xfrmctl.netlink.xfrm.MarkMapping;
import org.xfrmctl.netlink.xfrm.ReplayMapping;
import org.xfrmctl.netlink.xfrm.StateCodec;

/**
 * Sequence numbers and use of a state, read and set for a standby host ({@code xfrm_get_ae()}, {@code xfrm_new_ae()}).
 * The thresholds of periodic reports are fixed at the kernel's defaults: there are no such reports here.
 */
final class ReplayRequests {
    private static final int FLAG_REPLAY_THRESHOLD = 1;
    private static final int FLAG_TIMER_THRESHOLD = 8;
    private static final int FLAG_SET_BY_USER = 64;
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
        multicast.send(
                XfrmGroup.AEVENTS, request.event(XfrmMsg.NEWAE, writer -> encode(state, FLAG_SET_BY_USER, writer)));
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
        request.socket().reply(request.event(XfrmMsg.NEWAE, writer -> encode(state, flags, writer)));
    }

    private SecurityAssociation find(Request request) {
        return states.findBySpi(request, request.body(XfrmAeventId.CODEC).saId())
                .orElseThrow(() -> RequestRefusedException.of(Errno.ESRCH));
    }

    /** {@code build_aevent()} */
    private static void encode(XfrmState state, int flags, MessageWriter writer) {
        writer.body(
                XfrmAeventId.CODEC,
                new XfrmAeventId(
                        StateCodec.rawId(state.id()),
                        AddressMapping.toWire(state.source()),
                        flags,
                        state.reqid().bits()));
        ReplayMapping.writeDump(state.replay(), writer);
        if (writer.needsPadFor64Bits()) {
            writer.attribute(Xfrma.PAD, new byte[0]);
        }
        writer.attribute(Xfrma.LTIME_VAL, XfrmLifetimeCur.CODEC, LifetimeMapping.toWire(state.current()));
        if ((flags & FLAG_REPLAY_THRESHOLD) != 0) {
            writer.attributeU32(Xfrma.REPLAY_THRESH, REPLAY_THRESHOLD);
        }
        if ((flags & FLAG_TIMER_THRESHOLD) != 0) {
            writer.attributeU32(Xfrma.ETIMER_THRESH, TIMER_THRESHOLD);
        }
        MarkMapping.write(state.mark(), writer);
        MarkMapping.write(state.ifId(), writer);
    }
}
