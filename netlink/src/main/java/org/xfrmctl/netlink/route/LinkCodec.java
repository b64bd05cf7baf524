package org.xfrmctl.netlink.route;

import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.netlink.MalformedMessageException;
import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.message.Attributes;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.Ifinfomsg;
import org.xfrmctl.netlink.uapi.Ifla;
import org.xfrmctl.netlink.uapi.IflaInet6;
import org.xfrmctl.netlink.uapi.IflaInfo;

/** Links as netlink carries them. */
final class LinkCodec {
    private static final Ifinfomsg UNNAMED = new Ifinfomsg((byte) 0, (short) 0, 0, 0, 0);

    private LinkCodec() {}

    /** The fixed part where attributes say all, or nothing is said. */
    static Ifinfomsg unnamed() {
        return UNNAMED;
    }

    /**
     * Reads NEWLINK.
     *
     * @throws MalformedMessageException if it is none
     */
    static Link decode(NetlinkMessage message) {
        Ifinfomsg info = message.body(Ifinfomsg.CODEC);
        Attributes attributes = message.attributes(Ifinfomsg.CODEC.size());
        String name = attributes
                .find(Ifla.IFNAME)
                .map(Attribute::text)
                .orElseThrow(() -> new MalformedMessageException("link " + info.index(), 0, "has no name"));
        return new Link(
                info.index(),
                name,
                attributes.find(Ifla.IFALIAS).map(Attribute::text).orElse(""),
                attributes.find(Ifla.MTU).map(Attribute::u32).orElse(0),
                new Link.Flags(info.flags()),
                attributes.find(Ifla.LINKINFO).map(LinkCodec::kind).orElse(new Link.Kind.Device()),
                new Link.Relations(
                        index(attributes, Ifla.MASTER),
                        index(attributes, Ifla.LINK),
                        RouteAttributes.u32(attributes, Ifla.LINK_NETNSID)));
    }

    /** The MTU that IPv6 goes by on the link of a NEWLINK; none if the kernel has no IPv6 there. */
    static OptionalInt ipv6Mtu(NetlinkMessage message) {
        return message.attributes(Ifinfomsg.CODEC.size())
                .find(Ifla.AF_SPEC)
                .flatMap(families -> Attributes.parse(families.payload(), 0).find(Family.INET6.number()))
                .flatMap(ipv6 -> Attributes.parse(ipv6.payload(), 0).find(IflaInet6.CONF))
                .filter(settings -> settings.length() > IflaInet6.CONF_MTU * Integer.BYTES)
                .map(settings -> OptionalInt.of(settings.payload().getInt(IflaInet6.CONF_MTU * Integer.BYTES)))
                .orElse(OptionalInt.empty());
    }

    private static Link.Kind kind(Attribute linkInfo) {
        Attributes info = Attributes.parse(linkInfo.payload(), 0);
        Optional<String> name = info.find(IflaInfo.KIND).map(Attribute::text);
        if (name.isEmpty()) {
            return new Link.Kind.Device();
        }
        return switch (name.get()) {
            case NewLink.XFRM -> xfrm(info);
            case "gre", "ipip" -> tunnel(name.get(), info);
            default -> new Link.Kind.Named(name.get());
        };
    }

    private static Link.Kind tunnel(String name, Attributes info) {
        Attributes data = data(info);
        boolean gre = name.equals("gre");
        boolean keyed = gre
                && data.find(IflaInfo.GRE_INPUT_FLAGS)
                        .filter(flags -> (networkOrder(flags) & IflaInfo.GRE_HAS_KEY) != 0)
                        .isPresent();
        return new Link.Kind.Tunnel(
                gre ? Link.Wrapping.GRE : Link.Wrapping.IPIP,
                end(data, gre ? IflaInfo.GRE_LOCAL : IflaInfo.IPIP_LOCAL),
                end(data, gre ? IflaInfo.GRE_REMOTE : IflaInfo.IPIP_REMOTE),
                keyed
                        ? OptionalInt.of(data.find(IflaInfo.GRE_INPUT_KEY)
                                .map(LinkCodec::networkOrder)
                                .orElse(0))
                        : OptionalInt.empty(),
                data.find(gre ? IflaInfo.GRE_TTL : IflaInfo.IPIP_TTL)
                        .map(ttl -> Byte.toUnsignedInt(ttl.u8()))
                        .orElse(0));
    }

    private static IpAddress end(Attributes data, int type) {
        return RouteAttributes.address(data, type, Family.INET).orElse(IpAddress.ANY_V4);
    }

    private static int networkOrder(Attribute attribute) {
        return new BigInteger(1, attribute.bytes()).intValue();
    }

    private static Attributes data(Attributes info) {
        return info.find(IflaInfo.DATA)
                .map(nested -> Attributes.parse(nested.payload(), 0))
                .orElse(Attributes.NONE);
    }

    private static Link.Kind xfrm(Attributes info) {
        Attributes data = data(info);
        IfId ifId = data.find(IflaInfo.XFRM_IF_ID)
                .map(attribute -> new IfId(attribute.u32()))
                .orElse(IfId.NONE);
        return new Link.Kind.Xfrm(ifId, data.has(IflaInfo.XFRM_COLLECT_METADATA));
    }

    /** Indexes count from 1: an xfrm interface that stands on none says 0. */
    private static OptionalInt index(Attributes attributes, int type) {
        OptionalInt index = RouteAttributes.u32(attributes, type);
        return index.isPresent() && index.getAsInt() == 0 ? OptionalInt.empty() : index;
    }

    /** Writes NEWLINK for a link that is to be made. */
    static void encode(NewLink link, MessageWriter out) {
        out.body(Ifinfomsg.CODEC, UNNAMED);
        RouteAttributes.write(Ifla.IFNAME, link.name(), out);
        out.beginNested(Ifla.LINKINFO);
        RouteAttributes.write(IflaInfo.KIND, link.kind(), out);
        out.beginNested(IflaInfo.DATA);
        link.encodeData(out);
        out.endNested().endNested();
    }

    /** Writes the fixed part that names a link. */
    static void encodeIndex(int index, MessageWriter out) {
        out.body(Ifinfomsg.CODEC, new Ifinfomsg((byte) 0, (short) 0, index, 0, 0));
    }

    /** Writes SETLINK that sets a link up or down, and no other flag. */
    static void encodeUp(int index, boolean up, MessageWriter out) {
        out.body(Ifinfomsg.CODEC, new Ifinfomsg((byte) 0, (short) 0, index, up ? Link.Flags.UP : 0, Link.Flags.UP));
    }
}
