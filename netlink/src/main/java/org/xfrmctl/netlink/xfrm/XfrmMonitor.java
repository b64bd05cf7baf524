package org.xfrmctl.netlink.xfrm;

import java.util.OptionalInt;
import java.util.function.Consumer;
import org.xfrmctl.netlink.NetlinkTransport.TransportClosedException;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.xfrm.Notice.Begun;
import org.xfrmctl.netlink.xfrm.Notice.Happened;
import org.xfrmctl.netlink.xfrm.Notice.Origin;
import org.xfrmctl.netlink.xfrm.Notice.PolicyPresent;
import org.xfrmctl.netlink.xfrm.Notice.Reason;
import org.xfrmctl.netlink.xfrm.Notice.StatePresent;

/**
 * Follows a kernel's tables without a gap: first what there is, then what happens, and all over again when events were
 * lost. It listens before it looks, so nothing falls between.
 *
 * <p>Events do not tell of everything: not of the states that the kernel makes by itself (IPIP, larval ones), nor of those
 * that go with the device that worked for them, nor of counters. And an {@link XfrmEvent.StateUpdated} shows what was asked for, of which the kernel ignores most: so the
 * state follows as it is.
 */
public final class XfrmMonitor implements AutoCloseable {
    private final EventStream events;
    private final XfrmClient client;
    private boolean lost;
    private boolean untold;

    /**
     * Takes over both and closes them with itself.
     *
     * @param events of the groups that matter; {@code XfrmGroup.TABLES} at least
     * @param client for the same kernel, on a transport of its own
     */
    public XfrmMonitor(EventStream events, XfrmClient client) {
        this.events = events;
        this.client = client;
    }

    /** Tells {@code notices} until the monitor is closed, by any thread. */
    public void run(Consumer<Notice> notices) {
        EventStream.Receiver receiver = receiver(notices);
        try {
            account(Reason.START, notices, receiver);
            while (true) {
                events.next(receiver);
                if (lost || untold) {
                    account(lost ? Reason.EVENTS_LOST : Reason.UNTOLD, notices, receiver);
                }
            }
        } catch (TransportClosedException closed) {
            // That is how it ends.
        }
    }

    /** Tables first, then the events that came meanwhile: the last event about an object is newer than what was read. */
    private void account(Reason reason, Consumer<Notice> notices, EventStream.Receiver receiver) {
        Reason why = reason;
        do {
            // An overrun socket gets nothing, and says nothing of it, until its queue is empty (netlink_rcv_wake()).
            events.drain(receiver);
            lost = false;
            untold = false;
            notices.accept(new Begun(why));
            boolean still = client.streamStates(DumpFilter.NONE, state -> notices.accept(new StatePresent(state)));
            still &= client.streamPolicies(policy -> notices.accept(new PolicyPresent(policy)));
            events.drain(receiver);
            lost |= !still;
            why = lost ? Reason.EVENTS_LOST : Reason.UNTOLD;
        } while (lost || untold);
        notices.accept(new Notice.Synchronized());
    }

    private EventStream.Receiver receiver(Consumer<Notice> notices) {
        return new EventStream.Receiver() {
            @Override
            public void message(NetlinkMessage message, OptionalInt namespace) {
                XfrmEvent event = XfrmEvent.decode(message);
                Origin origin = new Origin(message.sequence(), message.header().pid(), namespace);
                notices.accept(new Happened(event, origin));
                if (namespace.isEmpty()) {
                    own(event, notices);
                }
            }

            @Override
            public void lost() {
                lost = true;
            }
        };
    }

    private void own(XfrmEvent event, Consumer<Notice> notices) {
        untold |= XfrmMirror.isUntold(event);
        if (event instanceof XfrmEvent.StateUpdated updated) {
            client.getState(updated.state().key()).ifPresent(state -> notices.accept(new StatePresent(state)));
        }
    }

    @Override
    public void close() {
        events.close();
        client.close();
    }
}
