package org.xfrmctl.netlink.message;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.uapi.AttributeTable;
import org.xfrmctl.netlink.uapi.MessageTable;
import org.xfrmctl.netlink.uapi.Netlink;
import org.xfrmctl.netlink.uapi.Payload;

/**
 * A message in lines for people: its header, what of its body is not zero, and each attribute. Keys are left out, and so
 * is all that this program does not know, for it may be one.
 */
final class MessageDescription {
    private final MessageTable table;

    MessageDescription(MessageTable table) {
        this.table = table;
    }

    List<String> lines(NetlinkMessage message) {
        List<String> lines = new ArrayList<>();
        String head = ", " + message.bytes().limit() + " bytes, seq " + Integer.toUnsignedString(message.sequence())
                + " port " + Integer.toUnsignedString(message.header().pid()) + flags(message);
        if (message.isControl()) {
            lines.add(control(message) + head);
            error(message, lines);
        } else {
            lines.add(table.name(message.type()) + head);
            if (table.knows(message.type())) {
                content(message, lines);
            }
        }
        return lines;
    }

    private static String control(NetlinkMessage message) {
        return switch (message.type()) {
            case Netlink.NLMSG_NOOP -> "NOOP";
            case Netlink.NLMSG_ERROR -> "ERROR";
            case Netlink.NLMSG_DONE -> "DONE";
            case Netlink.NLMSG_OVERRUN -> "OVERRUN";
            default -> "control message " + message.type();
        };
    }

    /** The meaning of a flag depends on the message: a request's, or an answer's. */
    private static String flags(NetlinkMessage message) {
        StringJoiner words = new StringJoiner(" ", " flags ", "").setEmptyValue("");
        int known = 0;
        String[] names = message.has(Netlink.NLM_F_REQUEST)
                ? new String[] {"request", "", "ack", "echo", "", "", "", "", "root", "match", "excl", "create"}
                : new String[] {"", "multi", "", "", "dump-intr", "", "", "", "capped", "ack-tlvs"};
        for (int bit = 0; bit < names.length; bit++) {
            if (!names[bit].isEmpty() && message.has(1 << bit)) {
                words.add(names[bit]);
                known |= 1 << bit;
            }
        }
        int rest = message.flags() & ~known;
        return (rest == 0 ? words : words.add("0x" + Integer.toHexString(rest))).toString();
    }

    private void error(NetlinkMessage message, List<String> lines) {
        boolean ends = message.type() == Netlink.NLMSG_ERROR || message.type() == Netlink.NLMSG_DONE;
        if (!ends || message.bodyLength() < Integer.BYTES) {
            return;
        }
        ErrorMessage error = message.type() == Netlink.NLMSG_ERROR
                ? ErrorMessage.readError(message)
                : ErrorMessage.readDone(message);
        String name = error.errno() == 0
                ? "success"
                : Errno.of(error.errno()).map(Enum::name).orElse("errno " + error.errno());
        lines.add("  " + name + error.text().map(text -> " \"" + text + "\"").orElse("")
                + (error.fault().offset().isPresent()
                        ? " at offset " + error.fault().offset().getAsInt()
                        : ""));
    }

    private void content(NetlinkMessage message, List<String> lines) {
        Optional<StructCodec<?>> body = table.body(message.type(), message.flags());
        int size = body.map(StructCodec::size).orElse(0);
        if (message.bodyLength() < size) {
            lines.add("  too short for " + body.orElseThrow());
            return;
        }
        body.map(codec -> codec.describe(message.bytes(), NetlinkMessage.HEADER))
                .filter(text -> !text.isEmpty())
                .ifPresent(text -> lines.add("  " + text));
        Attributes attributes = message.attributesUpToFault(size);
        attributes(attributes, table.attributes(message.type()), "  ", lines);
    }

    private static void attributes(Attributes attributes, AttributeTable table, String indent, List<String> lines) {
        for (Attribute attribute : attributes) {
            Optional<Payload> payload = table.payload(attribute.type());
            lines.add(indent + table.name(attribute.type()) + "[" + attribute.length() + "]"
                    + payload.map(layout -> value(attribute, layout)).orElse(""));
            table.nested(attribute.type())
                    .ifPresent(inner ->
                            attributes(Attributes.parseUpToFault(attribute.payload(), 0), inner, indent + "  ", lines));
        }
        if (attributes.leftover() > 0) {
            lines.add(indent + attributes.leftover() + " bytes that are no attribute");
        }
    }

    private static String value(Attribute attribute, Payload layout) {
        if (attribute.length() < layout.shortest()) {
            return " too short";
        }
        return switch (layout.form()) {
            case FLAG, NESTED -> "";
            case U8 -> " " + Byte.toUnsignedInt(attribute.u8());
            case U16 -> " " + Short.toUnsignedInt(attribute.u16());
            case U32 -> " " + Integer.toUnsignedString(attribute.u32());
            case U64 -> " " + Long.toUnsignedString(attribute.u64());
            case TEXT -> " \"" + attribute.text() + "\"";
            case BYTES -> attribute.length() == 0 ? "" : " 0x" + HexFormat.of().formatHex(attribute.bytes());
            case STRUCT -> structs(attribute, layout, 1);
            case STRUCTS -> structs(attribute, layout, attribute.length() / layout.shortest());
            case STRUCT_AND_BYTES -> structs(attribute, layout, 1) + rest(attribute, layout);
            case STRUCT_AND_KEY -> structs(attribute, layout, 1) + ", key hidden";
        };
    }

    private static String structs(Attribute attribute, Payload layout, int count) {
        StructCodec<?> codec = layout.struct().orElseThrow();
        ByteBuffer payload = attribute.payload();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(count == 1 ? " " : " [" + i + "] ").append(codec.describe(payload, i * codec.size()));
        }
        return text.toString();
    }

    private static String rest(Attribute attribute, Payload layout) {
        int from = layout.shortest();
        return attribute.length() == from
                ? ""
                : " 0x" + HexFormat.of().formatHex(attribute.bytes(from, attribute.length() - from));
    }
}
