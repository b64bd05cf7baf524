package org.xfrmctl.datapath.kernel;

import org.xfrmctl.datapath.engine.ReplayReports;
import org.xfrmctl.datapath.engine.XfrmEvents;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.uapi.XfrmGroup;
import org.xfrmctl.netlink.xfrm.AsyncEvent;
import org.xfrmctl.netlink.xfrm.XfrmEvent;

/** What the kernel tells of its own accord: sequence number and port id are 0. */
final class KernelEvents implements XfrmEvents {
    private final Multicast multicast;

    KernelEvents(Multicast multicast) {
        this.multicast = multicast;
    }

    @Override
    public void stateExpired(XfrmState state, boolean hard) {
        send(XfrmGroup.EXPIRE, new XfrmEvent.StateExpired(state, hard));
    }

    @Override
    public boolean wantsMoves() {
        return multicast.isHeard(XfrmGroup.AEVENTS);
    }

    @Override
    public void stateMoved(XfrmState state, ReplayReports.Cause cause) {
        int flags = cause == ReplayReports.Cause.MOVED ? AsyncEvent.REPLAY_UPDATE : AsyncEvent.TIMER_EXPIRED;
        AsyncEvent.Thresholds untold = AsyncEvent.Thresholds.UNTOLD;
        send(XfrmGroup.AEVENTS, new XfrmEvent.StateMoved(ReplayRequests.event(state, flags, untold)));
    }

    @Override
    public void peerMoved(XfrmState state, IpAddress source, int port) {
        XfrmEvent.Peer before = new XfrmEvent.Peer(
                state.source(), state.options().encap().orElseThrow().sourcePort());
        XfrmEvent.Peer after = new XfrmEvent.Peer(source, port);
        send(XfrmGroup.MAPPING, new XfrmEvent.Mapped(state.id(), state.reqid(), before, after));
    }

    @Override
    public boolean wantsAcquires() {
        return multicast.isHeard(XfrmGroup.ACQUIRE);
    }

    @Override
    public void policyExpired(XfrmPolicy policy, boolean hard) {
        send(XfrmGroup.EXPIRE, new XfrmEvent.PolicyExpired(policy, hard));
    }

    /** Tells the key managers which state is wanted, and by which policy ({@code build_acquire()}). */
    @Override
    public boolean acquire(XfrmState larval, XfrmPolicy policy) {
        return send(
                XfrmGroup.ACQUIRE,
                new XfrmEvent.Acquired(
                        larval.id(), larval.source(), larval.selector(), policy, masks(larval, policy), larval.seq()));
    }

    /** Those of the template that asks. */
    private static Template.AlgorithmMasks masks(XfrmState larval, XfrmPolicy policy) {
        return policy.templates().stream()
                .filter(template -> template.reqid().equals(larval.reqid())
                        && template.mode().equals(larval.mode())
                        && template.protocol().equals(larval.id().protocol()))
                .findFirst()
                .map(Template::masks)
                .orElse(Template.AlgorithmMasks.ALL);
    }

    private boolean send(int group, XfrmEvent event) {
        MessageWriter writer = new MessageWriter();
        writer.begin(event.type(), 0, 0, 0);
        event.encode(writer);
        return multicast.send(group, writer.end().datagram());
    }
}
