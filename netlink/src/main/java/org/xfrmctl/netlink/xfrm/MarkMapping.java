package org.xfrmctl.netlink.xfrm;

import org.xfrmctl.model.IfId;
import org.xfrmctl.model.Mark;
import org.xfrmctl.netlink.message.Attributes;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.uapi.XfrmMark;
import org.xfrmctl.netlink.uapi.Xfrma;

/** Mark and if_id, the two attributes that states, policies and what names them have in common. */
public final class MarkMapping {
    private MarkMapping() {}

    /** {@code XFRMA_MARK}; without it the mark is {@link Mark#NONE}. */
    public static Mark mark(Attributes attributes) {
        return attributes
                .find(Xfrma.MARK)
                .map(attribute -> attribute.struct(XfrmMark.CODEC))
                .map(raw -> new Mark(raw.v(), raw.m()))
                .orElse(Mark.NONE);
    }

    /** {@code XFRMA_IF_ID}; without it {@link IfId#NONE}. */
    public static IfId ifId(Attributes attributes) {
        return attributes
                .find(Xfrma.IF_ID)
                .map(attribute -> new IfId(attribute.u32()))
                .orElse(IfId.NONE);
    }

    /** Writes the mark if it is one ({@code xfrm_mark_put()}). */
    public static void write(Mark mark, MessageWriter out) {
        if (!mark.isNone()) {
            out.attribute(Xfrma.MARK, XfrmMark.CODEC, new XfrmMark(mark.value(), mark.mask()));
        }
    }

    /** Writes the if_id if it is one ({@code xfrm_if_id_put()}). */
    public static void write(IfId ifId, MessageWriter out) {
        if (!ifId.isNone()) {
            out.attributeU32(Xfrma.IF_ID, ifId.bits());
        }
    }
}
