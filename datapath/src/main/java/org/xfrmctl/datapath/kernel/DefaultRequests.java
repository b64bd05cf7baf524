package org.xfrmctl.datapath.kernel;

import org.xfrmctl.datapath.engine.XfrmNamespace;
import org.xfrmctl.model.DefaultPolicies;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.uapi.XfrmGroup;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.xfrm.PolicyCodec;

/** What happens to packets without policy ({@code xfrm_set_default()}, {@code xfrm_get_default()}). */
final class DefaultRequests {
    private final XfrmNamespace namespace;
    private final Multicast multicast;

    DefaultRequests(XfrmNamespace namespace, Multicast multicast) {
        this.namespace = namespace;
        this.multicast = multicast;
    }

    /** A direction changes only if its value is one of the two; the event comes in any case, and names no request. */
    void set(Request request) {
        DefaultPolicies wanted = PolicyCodec.defaults(request.message());
        set(Direction.IN, wanted.in());
        set(Direction.FWD, wanted.fwd());
        set(Direction.OUT, wanted.out());
        MessageWriter event = new MessageWriter(request.message().bytes().order());
        event.begin(XfrmMsg.GETDEFAULT, 0, 0, 0);
        PolicyCodec.encode(present(), event);
        multicast.send(XfrmGroup.POLICY, event.end().datagram());
    }

    private void set(Direction direction, int value) {
        if (value == DefaultPolicies.BLOCK || value == DefaultPolicies.ACCEPT) {
            namespace.defaultAction(
                    direction, value == DefaultPolicies.BLOCK ? PolicyAction.BLOCK : PolicyAction.ALLOW);
        }
    }

    void get(Request request) {
        request.reply(XfrmMsg.GETDEFAULT, writer -> PolicyCodec.encode(present(), writer));
    }

    private DefaultPolicies present() {
        return new DefaultPolicies(value(Direction.IN), value(Direction.FWD), value(Direction.OUT));
    }

    private int value(Direction direction) {
        return namespace.defaultAction(direction) == PolicyAction.BLOCK
                ? DefaultPolicies.BLOCK
                : DefaultPolicies.ACCEPT;
    }
}
