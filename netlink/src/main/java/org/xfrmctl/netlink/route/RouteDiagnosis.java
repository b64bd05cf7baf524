package org.xfrmctl.netlink.route;

import java.util.Optional;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.message.Attributes;
import org.xfrmctl.netlink.message.Diagnosis;
import org.xfrmctl.netlink.message.ErrorMessage;
import org.xfrmctl.netlink.message.FieldNames;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.Ifinfomsg;
import org.xfrmctl.netlink.uapi.Ifla;
import org.xfrmctl.netlink.uapi.IflaInfo;
import org.xfrmctl.netlink.uapi.Rta;
import org.xfrmctl.netlink.uapi.Rtm;
import org.xfrmctl.netlink.uapi.Rtmsg;

/** Why a kernel usually refuses what is asked of its links and routes, and which field it means. */
final class RouteDiagnosis implements Diagnosis {
    @Override
    public Optional<String> fieldAt(NetlinkMessage request, int offset) {
        return FieldNames.at(request, Rtm.TABLE, offset);
    }

    @Override
    public String attribute(NetlinkMessage request, int type) {
        return Rtm.TABLE.attributes(request.type()).name(type);
    }

    @Override
    public Optional<String> hint(NetlinkMessage request, ErrorMessage error) {
        return Errno.of(error.errno())
                .map(errno -> switch (errno) {
                    case EPERM -> NetlinkException.NO_PRIVILEGE;
                    case ENODEV -> "no link has this name or index: it may be gone, or in another network namespace";
                    default -> cause(request, errno, error.text().orElse(""));
                })
                .filter(hint -> !hint.isEmpty());
    }

    private static String cause(NetlinkMessage request, Errno errno, String text) {
        return switch (request.type()) {
            case Rtm.NEWLINK -> newLink(request, errno, text);
            case Rtm.DELLINK -> errno == Errno.EOPNOTSUPP ? "only links that were made can be deleted" : "";
            case Rtm.NEWADDR, Rtm.DELADDR -> address(errno);
            case Rtm.NEWROUTE, Rtm.DELROUTE -> route(errno);
            case Rtm.GETROUTE -> packet(request, errno);
            case Rtm.NEWRULE, Rtm.DELRULE -> rule(errno);
            default -> "";
        };
    }

    private static String newLink(NetlinkMessage request, Errno errno, String text) {
        Attributes info = nested(request.attributesUpToFault(Ifinfomsg.CODEC.size()), Ifla.LINKINFO);
        String kind = info.find(IflaInfo.KIND).map(Attribute::text).orElse("");
        boolean isXfrm = kind.equals(NewLink.XFRM);
        return switch (errno) {
            case EEXIST -> "a link has this name already" + (isXfrm ? ", or an xfrm link this if_id" : "");
            case EOPNOTSUPP ->
                !text.contains("Unknown device type")
                        ? ""
                        : isXfrm
                                ? "the kernel has no xfrm interfaces: `modprobe xfrm_interface`, or a kernel with"
                                        + " CONFIG_XFRM_INTERFACE (Linux 4.19 or newer)"
                                : "the kernel has no links of type " + kind + ", or their module is missing";
            case EINVAL ->
                isXfrm && nested(info, IflaInfo.DATA).has(IflaInfo.XFRM_COLLECT_METADATA)
                        ? "external xfrm interfaces need Linux 6.1 or newer"
                        : "";
            default -> "";
        };
    }

    private static Attributes nested(Attributes attributes, int type) {
        return attributes
                .find(type)
                .map(attribute -> Attributes.parseUpToFault(attribute.payload(), 0))
                .orElse(Attributes.NONE);
    }

    private static String address(Errno errno) {
        return switch (errno) {
            case EEXIST -> "the link has this address already";
            case EADDRNOTAVAIL -> "the link does not have this address with this prefix length";
            case EACCES -> "IPv6 is switched off on this link: sysctl net.ipv6.conf.LINK.disable_ipv6";
            case EOPNOTSUPP -> "the kernel may lack IPv6";
            default -> "";
        };
    }

    private static String route(Errno errno) {
        return switch (errno) {
            case EEXIST -> "the table has a route with this destination and metric: replace it, or take another metric";
            case ESRCH -> "the table has no route with this destination, metric, type and next hop";
            case ENETUNREACH, EHOSTUNREACH ->
                "no link has the gateway in its network: add an address or a route to it first, or name the link and say"
                        + " onlink";
            case ENETDOWN -> "the link is down: set it up first";
            case EOPNOTSUPP -> "the kernel may lack IPv6";
            default -> "";
        };
    }

    private static String packet(NetlinkMessage request, Errno errno) {
        return switch (errno) {
            case ENETUNREACH -> "no rule leads to a route for this packet, or the route found is unreachable";
            case EHOSTUNREACH -> "the packet meets a route of type unreachable";
            case EACCES -> "the packet meets a route or rule of type prohibit";
            case EINVAL ->
                request.attributesUpToFault(Rtmsg.CODEC.size()).has(Rta.SRC)
                        ? "the source is no address of this host, or the packet meets a blackhole"
                        : "the packet meets a blackhole";
            default -> "";
        };
    }

    private static String rule(Errno errno) {
        return switch (errno) {
            case EEXIST -> "a rule with this priority says the same";
            case ENOENT -> "no rule with this priority says this";
            case EAFNOSUPPORT, EOPNOTSUPP ->
                "the kernel has no rules for this family: CONFIG_IP_MULTIPLE_TABLES, CONFIG_IPV6_MULTIPLE_TABLES";
            default -> "";
        };
    }
}
