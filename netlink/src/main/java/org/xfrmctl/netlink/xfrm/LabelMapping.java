package org.xfrmctl.netlink.xfrm;

import java.util.Optional;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.SecurityLabel;
import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.uapi.XfrmUserSecCtx;
import org.xfrmctl.netlink.uapi.Xfrma;

/** {@code XFRMA_SEC_CTX}, of states and policies: a struct and the label behind it. */
final class LabelMapping {
    private LabelMapping() {}

    /** Empty if its lengths contradict each other: then it is kept as it is, and not understood. */
    static Optional<SecurityLabel> read(Attribute attribute) {
        XfrmUserSecCtx raw = attribute.struct(XfrmUserSecCtx.CODEC);
        int head = XfrmUserSecCtx.CODEC.size();
        int length = Short.toUnsignedInt(raw.ctxLen());
        boolean consistent = attribute.length() == head + length
                && Short.toUnsignedInt(raw.len()) == head + length
                && raw.exttype() == Xfrma.SEC_CTX;
        if (!consistent) {
            return Optional.empty();
        }
        return Optional.of(new SecurityLabel(
                Byte.toUnsignedInt(raw.ctxAlg()),
                Byte.toUnsignedInt(raw.ctxDoi()),
                Bytes.of(attribute.bytes(head, length))));
    }

    static void write(SecurityLabel label, MessageWriter out) {
        byte[] text = label.text().toArray();
        short length = (short) (XfrmUserSecCtx.CODEC.size() + text.length);
        XfrmUserSecCtx raw = new XfrmUserSecCtx(
                length, (short) Xfrma.SEC_CTX, (byte) label.algorithm(), (byte) label.doi(), (short) text.length);
        out.attribute(Xfrma.SEC_CTX, XfrmUserSecCtx.CODEC, raw, text);
    }
}
