package org.xfrmctl.netlink.route;

import java.util.Optional;
import java.util.Set;
import org.xfrmctl.model.Family;
import org.xfrmctl.netlink.MalformedMessageException;
import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.message.Attributes;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.Rta;
import org.xfrmctl.netlink.uapi.RtaCacheinfo;
import org.xfrmctl.netlink.uapi.Rtax;
import org.xfrmctl.netlink.uapi.Rtmsg;

/** Routes as netlink carries them. */
final class RouteCodec {
    /** CACHEINFO tells of use and age, and says nothing in a request. */
    private static final Set<Integer> KNOWN = Set.of(
            Rta.DST,
            Rta.SRC,
            Rta.OIF,
            Rta.GATEWAY,
            Rta.PRIORITY,
            Rta.PREFSRC,
            Rta.METRICS,
            Rta.MULTIPATH,
            Rta.CACHEINFO,
            Rta.TABLE_ID,
            Rta.VIA);

    private static final Set<Integer> KNOWN_METRICS = Set.of(Rtax.LOCK, Rtax.MTU, Rtax.ADVMSS);

    /** The route is a copy for one destination ({@code RTM_F_CLONED}); with IPv4 every answer to GETROUTE is. */
    private static final int CLONED = 0x200;
    /** RTCF_REDIRECTED: another router was told of. */
    private static final int REDIRECTED = 0x4_0000;

    private RouteCodec() {}

    /**
     * Reads NEWROUTE.
     *
     * @throws MalformedMessageException if it is none
     */
    static Route decode(NetlinkMessage message) {
        Rtmsg raw = message.body(Rtmsg.CODEC);
        Attributes attributes = message.attributes(Rtmsg.CODEC.size());
        Family family = RouteAttributes.family("rtmsg", Byte.toUnsignedInt(raw.family()));
        Route.Key key = new Route.Key(
                RouteAttributes.prefix(attributes, Rta.DST, family, raw.dstLen()),
                RouteAttributes.prefix(attributes, Rta.SRC, family, raw.srcLen()),
                new RouteTable(RouteAttributes.u32(attributes, Rta.TABLE_ID).orElse(Byte.toUnsignedInt(raw.table()))),
                RouteAttributes.u32(attributes, Rta.PRIORITY).orElse(0),
                Byte.toUnsignedInt(raw.tos()));
        Route.Kind kind = new Route.Kind(
                new RouteType(Byte.toUnsignedInt(raw.type())),
                Byte.toUnsignedInt(raw.protocol()),
                new Scope(Byte.toUnsignedInt(raw.scope())));
        return new Route(
                key,
                kind,
                HopCodec.read(attributes, family, raw.flags()),
                RouteAttributes.address(attributes, Rta.PREFSRC, family),
                attributes.find(Rta.METRICS).map(RouteCodec::metrics).orElse(RouteMetrics.NONE),
                RouteAttributes.except(KNOWN, attributes));
    }

    /** As {@link #decode}, of the answer to GETROUTE. */
    static FoundRoute decodeFound(NetlinkMessage message) {
        Rtmsg raw = message.body(Rtmsg.CODEC);
        // What is learnt has an end. So have IPv6's routes by a router's advertisement, but these are not copies for
        // one
        // destination, and copies by a redirect have no end there (rt_fill_info(), rt6_fill_node()).
        boolean ends = message.attributes(Rtmsg.CODEC.size())
                .find(Rta.CACHEINFO)
                .filter(info -> info.struct(RtaCacheinfo.CODEC).expires() != 0)
                .isPresent();
        boolean learnt = ends && (raw.flags() & CLONED) != 0;
        return new FoundRoute(decode(message), learnt, (raw.flags() & REDIRECTED) != 0);
    }

    private static RouteMetrics metrics(Attribute attribute) {
        Attributes metrics = Attributes.parse(attribute.payload(), 0);
        return new RouteMetrics(
                RouteAttributes.u32(metrics, Rtax.MTU),
                RouteAttributes.u32(metrics, Rtax.ADVMSS),
                RouteAttributes.u32(metrics, Rtax.LOCK).orElse(0),
                RouteAttributes.except(KNOWN_METRICS, metrics));
    }

    /** Writes NEWROUTE or DELROUTE. */
    static void encode(Route route, MessageWriter out) {
        Route.Key key = route.key();
        Optional<Hop> hop = route.hops().stream().findFirst();
        out.body(
                Rtmsg.CODEC,
                new Rtmsg(
                        (byte) key.family().number(),
                        (byte) key.destination().length(),
                        (byte) key.source().length(),
                        (byte) key.tos(),
                        key.table().inHeader(),
                        (byte) route.kind().protocol(),
                        (byte) route.kind().scope().number(),
                        (byte) route.kind().type().number(),
                        hop.map(Hop::flags).orElse(0) & Hop.ON_LINK));
        RouteAttributes.write(Rta.DST, key.destination(), out);
        RouteAttributes.write(Rta.SRC, key.source(), out);
        out.attributeU32(Rta.TABLE_ID, key.table().id());
        if (key.metric() != 0) {
            out.attributeU32(Rta.PRIORITY, key.metric());
        }
        hop.ifPresent(only -> HopCodec.write(only, key.family(), out));
        route.preferredSource().ifPresent(source -> RouteAttributes.write(Rta.PREFSRC, source, out));
        if (!route.metrics().equals(RouteMetrics.NONE)) {
            encode(route.metrics(), out);
        }
        RouteAttributes.write(route.other(), out);
    }

    private static void encode(RouteMetrics metrics, MessageWriter out) {
        out.beginNested(Rta.METRICS);
        if (metrics.locks() != 0) {
            out.attributeU32(Rtax.LOCK, metrics.locks());
        }
        metrics.mtu().ifPresent(mtu -> out.attributeU32(Rtax.MTU, mtu));
        metrics.advmss().ifPresent(mss -> out.attributeU32(Rtax.ADVMSS, mss));
        RouteAttributes.write(metrics.other(), out);
        out.endNested();
    }
}
