package org.xfrmctl.netlink.route;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.message.Attributes;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.message.Request;
import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.uapi.AttributeTable;
import org.xfrmctl.netlink.uapi.Netlink;
import org.xfrmctl.netlink.uapi.Payload;
import org.xfrmctl.netlink.uapi.Rtm;

/** Messages of NETLINK_ROUTE taken apart by their tables, so that two can be compared whatever the order. */
final class Contents {
    private Contents() {}

    /** The value that a message of any kind is read as. */
    static Object decode(NetlinkMessage message) {
        return switch (message.type()) {
            case Rtm.NEWLINK -> LinkCodec.decode(message);
            case Rtm.NEWADDR, Rtm.DELADDR -> AddressCodec.decode(message);
            case Rtm.NEWROUTE, Rtm.DELROUTE -> RouteCodec.decode(message);
            case Rtm.NEWRULE, Rtm.DELRULE -> RuleCodec.decode(message);
            default -> throw new IllegalArgumentException(message.toString());
        };
    }

    /** The message that a client sends. */
    static NetlinkMessage message(Request request) {
        MessageWriter out = new MessageWriter()
                .begin(request.type(), Netlink.NLM_F_REQUEST | Netlink.NLM_F_ACK | request.flags(), 1, 0);
        request.body().accept(out);
        return NetlinkMessage.split(out.end().datagram()).get(0);
    }

    /** The members of the fixed part as {@code body.NAME}, and the attributes as hex, those inside others with a dot. */
    static Map<String, String> of(NetlinkMessage message) {
        Map<String, String> contents = new LinkedHashMap<>();
        StructCodec<?> body = Rtm.TABLE.body(message.type()).orElseThrow();
        for (String member : body.read(message.bytes(), NetlinkMessage.HEADER)
                .toString()
                .replaceAll("^.*\\[|]$", "")
                .split(", ", -1)) {
            String[] nameAndValue = member.split("=", 2);
            contents.put("body." + nameAndValue[0], Integer.toString(unsigned(nameAndValue[1])));
        }
        add("", message.attributes(body.size()), Optional.of(Rtm.TABLE.attributes(message.type())), contents);
        return contents;
    }

    /** Bytes are printed with a sign. */
    private static int unsigned(String number) {
        int value = Integer.parseInt(number);
        return value < 0 && value >= Byte.MIN_VALUE ? value & 0xff : value;
    }

    private static void add(
            String prefix, Attributes attributes, Optional<AttributeTable> table, Map<String, String> contents) {
        for (Attribute attribute : attributes) {
            String name =
                    prefix + table.map(names -> names.name(attribute.type())).orElse("attribute " + attribute.type());
            Optional<Payload> payload = table.flatMap(names -> names.payload(attribute.type()));
            if (payload.isPresent() && payload.get().form() == Payload.Form.NESTED) {
                contents.put(name, "nested");
                add(
                        name + ".",
                        Attributes.parseUpToFault(attribute.payload(), 0),
                        table.flatMap(names -> names.nested(attribute.type())),
                        contents);
            } else {
                boolean isText = payload.isPresent() && payload.get().form() == Payload.Form.TEXT;
                byte[] bytes = isText ? attribute.text().getBytes(UTF_8) : attribute.bytes();
                contents.put(name, HexFormat.of().formatHex(bytes));
            }
        }
    }
}
