package org.xfrmctl.datapath.kernel;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.xfrmctl.datapath.engine.XfrmEvents;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.uapi.XfrmGroup;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.xfrm.PolicyCodec;
import org.xfrmctl.netlink.xfrm.StateCodec;

/** What the kernel tells of its own accord: sequence number and port id are 0. */
final class KernelEvents implements XfrmEvents {
    private final Multicast multicast;

    KernelEvents(Multicast multicast) {
        this.multicast = multicast;
    }

    @Override
    public void stateExpired(XfrmState state, boolean hard) {
        multicast.send(
                XfrmGroup.EXPIRE, message(XfrmMsg.EXPIRE, writer -> StateCodec.encodeExpired(state, hard, writer)));
    }

    @Override
    public void policyExpired(XfrmPolicy policy, boolean hard) {
        multicast.send(
                XfrmGroup.EXPIRE,
                message(XfrmMsg.POLEXPIRE, writer -> PolicyCodec.encodeExpired(policy, hard, writer)));
    }

    private static ByteBuffer message(int type, Consumer<MessageWriter> content) {
        MessageWriter writer = new MessageWriter();
        writer.begin(type, 0, 0, 0);
        content.accept(writer);
        return writer.end().datagram();
    }
}
