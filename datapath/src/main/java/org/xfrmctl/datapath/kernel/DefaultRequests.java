package org.xfrmctl.datapath.kernel;

import java.util.List;
import org.xfrmctl.datapath.engine.XfrmNamespace;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.uapi.XfrmGroup;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.uapi.XfrmUserpolicyDefault;

/** What happens to packets without policy ({@code xfrm_set_default()}, {@code xfrm_get_default()}). */
final class DefaultRequests {
    private static final int BLOCK = 1;
    private static final int ACCEPT = 2;

    private final XfrmNamespace namespace;
    private final Multicast multicast;

    DefaultRequests(XfrmNamespace namespace, Multicast multicast) {
        this.namespace = namespace;
        this.multicast = multicast;
    }

    /** A direction changes only if its value is one of the two; the event comes in any case, and names no request. */
    void set(Request request) {
        XfrmUserpolicyDefault wanted = request.body(XfrmUserpolicyDefault.CODEC);
        List<Byte> values = List.of(wanted.in(), wanted.out(), wanted.fwd());
        for (Direction direction : List.of(Direction.IN, Direction.OUT, Direction.FWD)) {
            int value = values.get(direction.number());
            if (value == BLOCK || value == ACCEPT) {
                namespace.defaultAction(direction, value == BLOCK ? PolicyAction.BLOCK : PolicyAction.ALLOW);
            }
        }
        MessageWriter event = new MessageWriter(request.message().bytes().order());
        event.begin(XfrmMsg.GETDEFAULT, 0, 0, 0).body(XfrmUserpolicyDefault.CODEC, present());
        multicast.send(XfrmGroup.POLICY, event.end().datagram());
    }

    void get(Request request) {
        request.reply(XfrmMsg.GETDEFAULT, writer -> writer.body(XfrmUserpolicyDefault.CODEC, present()));
    }

    private XfrmUserpolicyDefault present() {
        return new XfrmUserpolicyDefault(value(Direction.IN), value(Direction.FWD), value(Direction.OUT));
    }

    private byte value(Direction direction) {
        return (byte) (namespace.defaultAction(direction) == PolicyAction.BLOCK ? BLOCK : ACCEPT);
    }
}
