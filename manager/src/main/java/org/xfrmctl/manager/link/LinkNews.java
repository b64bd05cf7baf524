package org.xfrmctl.manager.link;

import java.util.List;
import java.util.Optional;
import org.xfrmctl.model.Family;
import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.route.Link;
import org.xfrmctl.netlink.uapi.Ifinfomsg;
import org.xfrmctl.netlink.uapi.Ifla;
import org.xfrmctl.netlink.uapi.Netlink;
import org.xfrmctl.netlink.uapi.Rta;
import org.xfrmctl.netlink.uapi.Rtm;
import org.xfrmctl.netlink.uapi.Rtmsg;
import org.xfrmctl.netlink.uapi.RtnlGroup;

/** What a kernel tells of links, addresses and routes by itself, as far as something of an interface of ours may have gone. */
public final class LinkNews {
    public static final List<Integer> GROUPS = List.of(
            RtnlGroup.LINK, RtnlGroup.IPV4_ADDRESS, RtnlGroup.IPV4_ROUTE, RtnlGroup.IPV6_ADDRESS, RtnlGroup.IPV6_ROUTE);

    private LinkNews() {}

    /**
     * Whether it takes a look. A link that is set down takes its routes along without a word of them; of a route that replaces
     * another it is not told whose that was. A host whose routes change all the time is not asked each time for all of them.
     */
    public static boolean concerns(NetlinkMessage message) {
        return switch (message.type()) {
            case Rtm.NEWLINK, Rtm.DELLINK, Rtm.DELADDR -> true;
            case Rtm.DELROUTE -> Byte.toUnsignedInt(message.body(Rtmsg.CODEC).protocol()) == KernelLinks.PROTOCOL;
            case Rtm.NEWROUTE -> (message.flags() & Netlink.NLM_F_REPLACE) != 0 && hasOurMetric(message);
            default -> false;
        };
    }

    /**
     * The name of a link that was set down or has gone. One that has no carrier keeps its routes
     * ({@code net/ipv4/fib_semantics.c, fib_sync_down_dev()}).
     */
    public static Optional<String> down(NetlinkMessage message) {
        boolean gone = message.type() == Rtm.DELLINK;
        if (!gone && message.type() != Rtm.NEWLINK) {
            return Optional.empty();
        }
        return gone || !new Link.Flags(message.body(Ifinfomsg.CODEC).flags()).isUp()
                ? message.attributes(Ifinfomsg.CODEC.size()).find(Ifla.IFNAME).map(Attribute::text)
                : Optional.empty();
    }

    private static boolean hasOurMetric(NetlinkMessage message) {
        int metric = message.attributes(Rtmsg.CODEC.size())
                .find(Rta.PRIORITY)
                .map(Attribute::u32)
                .orElse(0);
        Family family = Byte.toUnsignedInt(message.body(Rtmsg.CODEC).family()) == Family.INET6.number()
                ? Family.INET6
                : Family.INET;
        return metric == KernelLinks.metric(family);
    }
}
