package org.xfrmctl.netlink.message;

import java.util.Optional;
import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.uapi.AttributeTable;
import org.xfrmctl.netlink.uapi.MessageTable;
import org.xfrmctl.netlink.uapi.Nlmsghdr;
import org.xfrmctl.netlink.uapi.Payload;

/** Names the field at an offset of a request, the way an extended ack gives it. */
public final class FieldNames {
    private static final int ATTRIBUTE_HEADER = 4;

    private FieldNames() {}

    /** For example {@code id.spi}, {@code alg_aead} or {@code tmpl[1].reqid}; empty if the offset lies outside. */
    public static Optional<String> at(NetlinkMessage request, MessageTable table, int offset) {
        if (offset < 0 || offset >= request.bytes().limit()) {
            return Optional.empty();
        }
        if (offset < NetlinkMessage.HEADER) {
            return Nlmsghdr.CODEC.memberAt(offset);
        }
        Optional<StructCodec<?>> body = table.body(request.type());
        AttributeTable attributes = table.attributes(request.type());
        int size = body.map(StructCodec::size).orElse(0);
        if (offset < NetlinkMessage.HEADER + size) {
            return body.flatMap(codec -> codec.memberAt(offset - NetlinkMessage.HEADER));
        }
        if (request.bodyLength() < size) {
            return Optional.empty();
        }
        for (Attribute attribute : request.attributesUpToFault(size)) {
            int inside = offset - attribute.offset();
            if (inside >= 0 && inside < ATTRIBUTE_HEADER + attribute.length()) {
                return Optional.of(attributes.name(attribute.type())
                        + member(attributes.payload(attribute.type()), inside - ATTRIBUTE_HEADER));
            }
        }
        return Optional.empty();
    }

    private static String member(Optional<Payload> payload, int inside) {
        Optional<StructCodec<?>> codec = payload.flatMap(Payload::struct);
        if (inside < 0 || codec.isEmpty()) {
            return "";
        }
        boolean isList = payload.get().form() == Payload.Form.STRUCTS;
        int size = codec.get().size();
        String member = codec.get()
                .memberAt(isList ? inside % size : inside)
                .map(name -> "." + name)
                .orElse("");
        return isList ? "[" + inside / size + "]" + member : member;
    }
}
