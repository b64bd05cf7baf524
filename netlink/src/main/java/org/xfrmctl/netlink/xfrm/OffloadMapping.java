package org.xfrmctl.netlink.xfrm;

import org.xfrmctl.model.Offload;
import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.uapi.XfrmUserOffload;
import org.xfrmctl.netlink.uapi.Xfrma;

/** {@code XFRMA_OFFLOAD_DEV}, of states and policies. */
final class OffloadMapping {
    private OffloadMapping() {}

    static Offload read(Attribute attribute) {
        XfrmUserOffload raw = attribute.struct(XfrmUserOffload.CODEC);
        return new Offload(raw.ifindex(), Byte.toUnsignedInt(raw.flags()));
    }

    static void write(Offload offload, MessageWriter out) {
        out.attribute(Xfrma.OFFLOAD_DEV, XfrmUserOffload.CODEC, new XfrmUserOffload(offload.ifindex(), (byte)
                offload.flags()));
    }
}
