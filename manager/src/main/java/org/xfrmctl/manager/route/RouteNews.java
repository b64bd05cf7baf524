package org.xfrmctl.manager.route;

import java.util.Collection;
import java.util.Optional;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.message.Attributes;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.route.RouteTable;
import org.xfrmctl.netlink.uapi.Rta;
import org.xfrmctl.netlink.uapi.Rtm;
import org.xfrmctl.netlink.uapi.Rtmsg;

/** What a kernel tells of routes by itself, as far as those of children may have to be others. */
public final class RouteNews {
    private RouteNews() {}

    /**
     * Whether it takes a look: one of ours has gone, or another's that is or was the way to one of these. What we add ourselves
     * is no news. Links that change are {@link org.xfrmctl.manager.link.LinkNews}'.
     */
    public static boolean concerns(NetlinkMessage message, Collection<IpPrefix> destinations) {
        boolean added = message.type() == Rtm.NEWROUTE;
        if (!added && message.type() != Rtm.DELROUTE) {
            return false;
        }
        Rtmsg route = message.body(Rtmsg.CODEC);
        if (Byte.toUnsignedInt(route.protocol()) == RouteTables.PROTOCOL) {
            return !added;
        }
        Attributes attributes = message.attributes(Rtmsg.CODEC.size());
        int table = attributes.find(Rta.TABLE_ID).map(Attribute::u32).orElse(Byte.toUnsignedInt(route.table()));
        return table == RouteTable.MAIN.id()
                && destination(route, attributes)
                        .filter(whole -> destinations.stream().anyMatch(part -> RouteMap.covers(whole, part)))
                        .isPresent();
    }

    private static Optional<IpPrefix> destination(Rtmsg route, Attributes attributes) {
        int number = Byte.toUnsignedInt(route.family());
        if (number != Family.INET.number() && number != Family.INET6.number()) {
            return Optional.empty();
        }
        Family family = number == Family.INET6.number() ? Family.INET6 : Family.INET;
        IpAddress address = attributes
                .find(Rta.DST)
                .map(attribute -> IpAddress.of(attribute.bytes(0, family.bytes())))
                .orElseGet(() -> IpAddress.any(family));
        return Optional.of(new IpPrefix(address, Byte.toUnsignedInt(route.dstLen())));
    }
}
