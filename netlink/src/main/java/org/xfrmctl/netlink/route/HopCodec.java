package org.xfrmctl.netlink.route;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.netlink.MalformedMessageException;
import org.xfrmctl.netlink.message.Alignment;
import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.message.Attributes;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.uapi.Rta;
import org.xfrmctl.netlink.uapi.Rtnexthop;
import org.xfrmctl.netlink.uapi.Rtvia;

/** Next hops as routes carry them: one among the attributes, or a list of its own. */
final class HopCodec {
    /** The bits of {@code rtm_flags} that are the hop's; those above are the route's. */
    private static final int HOP_FLAGS = 0xff;

    private HopCodec() {}

    static List<Hop> read(Attributes route, Family family, int routeFlags) {
        Optional<Attribute> several = route.find(Rta.MULTIPATH);
        if (several.isPresent()) {
            return readSeveral(several.get().payload(), family);
        }
        Optional<IpAddress> gateway = gateway(route, family);
        OptionalInt link = RouteAttributes.u32(route, Rta.OIF);
        return gateway.isEmpty() && link.isEmpty()
                ? List.of()
                : List.of(new Hop(gateway, link, 1, routeFlags & HOP_FLAGS));
    }

    private static List<Hop> readSeveral(ByteBuffer payload, Family family) {
        List<Hop> hops = new ArrayList<>();
        int header = Rtnexthop.CODEC.size();
        int at = 0;
        while (at < payload.limit()) {
            Rtnexthop raw = Rtnexthop.CODEC.read(payload, at);
            int length = Short.toUnsignedInt(raw.len());
            if (length < header || length > payload.limit() - at) {
                throw new MalformedMessageException(
                        "rtnexthop", at, "rtnh_len is " + length + " of " + (payload.limit() - at) + " bytes");
            }
            ByteBuffer hop = payload.slice(at, length).order(payload.order());
            hops.add(new Hop(
                    gateway(Attributes.parse(hop, header), family),
                    OptionalInt.of(raw.ifindex()),
                    Byte.toUnsignedInt(raw.hops()) + 1,
                    Byte.toUnsignedInt(raw.flags())));
            at += Alignment.up(length);
        }
        return hops;
    }

    private static Optional<IpAddress> gateway(Attributes attributes, Family family) {
        Optional<Attribute> via = attributes.find(Rta.VIA);
        if (via.isEmpty()) {
            return RouteAttributes.address(attributes, Rta.GATEWAY, family);
        }
        Rtvia raw = via.get().struct(Rtvia.CODEC);
        Family other = RouteAttributes.family("rtvia", Short.toUnsignedInt(raw.family()));
        return Optional.of(IpAddress.of(via.get().bytes(Rtvia.CODEC.size(), other.bytes())));
    }

    /** Writes the one hop of a route. A gateway of the other family has an attribute of its own (since Linux 5.2). */
    static void write(Hop hop, Family family, MessageWriter out) {
        hop.gateway().ifPresent(gateway -> {
            if (gateway.family() == family) {
                RouteAttributes.write(Rta.GATEWAY, gateway, out);
            } else {
                out.attribute(
                        Rta.VIA, Rtvia.CODEC, new Rtvia((short) gateway.family().number()), gateway.toBytes());
            }
        });
        hop.link().ifPresent(link -> out.attributeU32(Rta.OIF, link));
    }
}
