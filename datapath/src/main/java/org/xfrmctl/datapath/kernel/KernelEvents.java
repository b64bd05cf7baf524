package org.xfrmctl.datapath.kernel;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.xfrmctl.datapath.engine.XfrmEvents;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.uapi.XfrmGroup;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.uapi.XfrmUserAcquire;
import org.xfrmctl.netlink.uapi.XfrmUsersaInfo;
import org.xfrmctl.netlink.xfrm.MarkMapping;
import org.xfrmctl.netlink.xfrm.PolicyCodec;
import org.xfrmctl.netlink.xfrm.StateCodec;
import org.xfrmctl.netlink.xfrm.TemplateMapping;

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

    /** Tells the key managers which state is wanted, and by which policy ({@code build_acquire()}). */
    @Override
    public boolean acquire(XfrmState larval, XfrmPolicy policy) {
        return multicast.send(
                XfrmGroup.ACQUIRE, message(XfrmMsg.ACQUIRE, writer -> encodeAcquire(larval, policy, writer)));
    }

    private static void encodeAcquire(XfrmState larval, XfrmPolicy policy, MessageWriter writer) {
        XfrmUsersaInfo info = StateCodec.info(larval);
        Template.AlgorithmMasks masks = policy.templates().stream()
                .filter(template -> template.reqid().equals(larval.reqid())
                        && template.protocol().equals(larval.id().protocol()))
                .findFirst()
                .map(Template::masks)
                .orElse(Template.AlgorithmMasks.ALL);
        writer.body(
                XfrmUserAcquire.CODEC,
                new XfrmUserAcquire(
                        info.id(),
                        info.saddr(),
                        info.sel(),
                        PolicyCodec.info(policy),
                        masks.authentication(),
                        masks.encryption(),
                        masks.compression(),
                        larval.seq()));
        TemplateMapping.write(policy.templates(), writer);
        PolicyCodec.writeType(policy.type().orElse(PolicyType.MAIN), writer);
        MarkMapping.write(policy.mark(), writer);
        MarkMapping.write(policy.ifId(), writer);
    }

    private static ByteBuffer message(int type, Consumer<MessageWriter> content) {
        MessageWriter writer = new MessageWriter();
        writer.begin(type, 0, 0, 0);
        content.accept(writer);
        return writer.end().datagram();
    }
}
