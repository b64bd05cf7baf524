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

    /**
     * For example {@code id.spi}, {@code alg_aead}, {@code tmpl[1].reqid} or {@code linkinfo.kind}; empty if the offset
     * lies outside.
     */
    public static Optional<String> at(NetlinkMessage request, MessageTable table, int offset) {
        if (offset < 0 || offset >= request.bytes().limit()) {
            return Optional.empty();
        }
        if (offset < NetlinkMessage.HEADER) {
            return Nlmsghdr.CODEC.memberAt(offset);
        }
        Optional<StructCodec<?>> body = table.body(request.type(), request.flags());
        AttributeTable attributes = table.attributes(request.type());
        int size = body.map(StructCodec::size).orElse(0);
        if (offset < NetlinkMessage.HEADER + size) {
            return body.flatMap(codec -> codec.memberAt(offset - NetlinkMessage.HEADER));
        }
        if (request.bodyLength() < size) {
            return Optional.empty();
        }
        return inside(request.attributesUpToFault(size), attributes, offset);
    }

    /** The name of the attribute that holds the byte at {@code offset}, and of what is nested there. */
    private static Optional<String> inside(Attributes attributes, AttributeTable table, int offset) {
        for (Attribute attribute : attributes) {
            int inside = offset - attribute.offset();
            if (inside >= 0 && inside < ATTRIBUTE_HEADER + attribute.length()) {
                return Optional.of(table.name(attribute.type()) + member(attribute, table, inside - ATTRIBUTE_HEADER));
            }
        }
        return Optional.empty();
    }

    private static String member(Attribute attribute, AttributeTable table, int inside) {
        Optional<AttributeTable> nested = table.nested(attribute.type());
        if (inside >= 0 && nested.isPresent()) {
            return inside(Attributes.parseUpToFault(attribute.payload(), 0), nested.get(), inside)
                    .map(name -> "." + name)
                    .orElse("");
        }
        return member(table.payload(attribute.type()), inside);
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
