package org.xfrmctl.netlink.route;

import java.nio.charset.StandardCharsets;
import org.xfrmctl.model.Family;
import org.xfrmctl.netlink.message.Request;
import org.xfrmctl.netlink.uapi.FibRuleHdr;
import org.xfrmctl.netlink.uapi.Ifaddrmsg;
import org.xfrmctl.netlink.uapi.Ifinfomsg;
import org.xfrmctl.netlink.uapi.Ifla;
import org.xfrmctl.netlink.uapi.Netlink;
import org.xfrmctl.netlink.uapi.Rta;
import org.xfrmctl.netlink.uapi.Rtm;
import org.xfrmctl.netlink.uapi.Rtmsg;

/** The requests of NETLINK_ROUTE, each with its text for people. Nothing is sent: see {@link RouteClient}. */
public final class RouteRequests {
    private static final int ADD = Netlink.NLM_F_CREATE | Netlink.NLM_F_EXCL;
    private static final int REPLACE = Netlink.NLM_F_CREATE | Netlink.NLM_F_REPLACE;

    private RouteRequests() {}

    public static Request addLink(NewLink link) {
        return new Request(Rtm.NEWLINK, ADD, "add link", link, out -> LinkCodec.encode(link, out));
    }

    public static Request deleteLink(int index) {
        return new Request(Rtm.DELLINK, 0, "delete link", index, out -> LinkCodec.encodeIndex(index, out));
    }

    public static Request setUp(int index, boolean up) {
        return new Request(
                Rtm.SETLINK, 0, up ? "set up link" : "set down link", index, out -> LinkCodec.encodeUp(index, up, out));
    }

    public static Request setMtu(int index, int mtu) {
        return new Request(Rtm.SETLINK, 0, "set MTU " + Integer.toUnsignedString(mtu) + " of link", index, out -> {
            LinkCodec.encodeIndex(index, out);
            out.attributeU32(Ifla.MTU, mtu);
        });
    }

    /** Anything for people, up to 255 bytes; nothing takes it away. */
    public static Request setAlias(int index, String alias) {
        return new Request(Rtm.SETLINK, 0, "set alias of link", index, out -> {
            LinkCodec.encodeIndex(index, out);
            out.attribute(Ifla.IFALIAS, alias.getBytes(StandardCharsets.UTF_8));
        });
    }

    static Request findLink(String name) {
        return new Request(Rtm.GETLINK, 0, "get link", name, out -> {
            out.body(Ifinfomsg.CODEC, LinkCodec.unnamed());
            RouteAttributes.write(Ifla.IFNAME, name, out);
            out.attributeU32(Ifla.EXT_MASK, Ifla.SKIP_STATS);
        });
    }

    static Request findLink(int index) {
        return new Request(Rtm.GETLINK, 0, "get link", index, out -> {
            LinkCodec.encodeIndex(index, out);
            out.attributeU32(Ifla.EXT_MASK, Ifla.SKIP_STATS);
        });
    }

    static Request listLinks() {
        return new Request(Rtm.GETLINK, 0, "list links", out -> {
            out.body(Ifinfomsg.CODEC, LinkCodec.unnamed());
            out.attributeU32(Ifla.EXT_MASK, Ifla.SKIP_STATS);
        });
    }

    public static Request addAddress(LinkAddress address) {
        return new Request(Rtm.NEWADDR, ADD, "add address", address, out -> AddressCodec.encode(address, out));
    }

    public static Request deleteAddress(LinkAddress address) {
        return new Request(Rtm.DELADDR, 0, "delete address", address, out -> AddressCodec.encode(address, out));
    }

    /** Index 0 is every link. */
    static Request listAddresses(Family family, int link) {
        Ifaddrmsg filter = new Ifaddrmsg((byte) family.number(), (byte) 0, (byte) 0, (byte) 0, link);
        return new Request(Rtm.GETADDR, 0, "list addresses", out -> out.body(Ifaddrmsg.CODEC, filter));
    }

    public static Request addRoute(Route route) {
        return change(Rtm.NEWROUTE, ADD, "add route", route);
    }

    /** Of IPv4 routes with one key the newest is met first ({@code fib_table_insert()} without NLM_F_EXCL and NLM_F_APPEND). */
    static Request addRouteBefore(Route route) {
        return change(Rtm.NEWROUTE, Netlink.NLM_F_CREATE, "add route", route);
    }

    /** Replaces the route with this key in one step, or adds it. */
    public static Request replaceRoute(Route route) {
        return change(Rtm.NEWROUTE, REPLACE, "replace route", route);
    }

    public static Request deleteRoute(Route route) {
        return change(Rtm.DELROUTE, 0, "delete route", route);
    }

    private static Request change(int type, int flags, String verb, Route route) {
        boolean isForeign =
                route.hops().size() > 1 || route.other().stream().anyMatch(raw -> raw.number() == Rta.NH_ID);
        if (isForeign) {
            throw new IllegalArgumentException(
                    verb + " " + route + ": it has several next hops, or one by number: those are only listed");
        }
        return new Request(type, flags, verb, route, out -> RouteCodec.encode(route, out));
    }

    static Request getRoute(RouteQuery query) {
        return new Request(Rtm.GETROUTE, 0, "get route to", query, query::encode);
    }

    /** For the route of a table that the packet's is made from ({@code ip route get fibmatch}). */
    static Request getTableRoute(RouteQuery query) {
        return new Request(Rtm.GETROUTE, 0, "get the table's route to", query, query::encodeForTable);
    }

    /** {@link RouteTable#NONE} is every table. */
    static Request listRoutes(Family family, RouteTable table) {
        return listRoutes(family, table, 0);
    }

    /** Protocol 0 is every one. */
    static Request listRoutes(Family family, RouteTable table, int protocol) {
        return new Request(Rtm.GETROUTE, 0, "list routes", out -> {
            byte zero = 0;
            out.body(
                    Rtmsg.CODEC,
                    new Rtmsg((byte) family.number(), zero, zero, zero, zero, (byte) protocol, zero, zero, 0));
            if (!table.equals(RouteTable.NONE)) {
                out.attributeU32(Rta.TABLE_ID, table.id());
            }
        });
    }

    public static Request addRule(Rule rule) {
        return new Request(Rtm.NEWRULE, ADD, "add rule", rule, out -> RuleCodec.encode(rule, out));
    }

    public static Request deleteRule(Rule rule) {
        return new Request(Rtm.DELRULE, 0, "delete rule", rule, out -> RuleCodec.encode(rule, out));
    }

    static Request listRules(Family family) {
        return new Request(Rtm.GETRULE, 0, "list rules", out -> {
            byte zero = 0;
            out.body(
                    FibRuleHdr.CODEC,
                    new FibRuleHdr((byte) family.number(), zero, zero, zero, zero, zero, zero, zero, 0));
        });
    }
}
