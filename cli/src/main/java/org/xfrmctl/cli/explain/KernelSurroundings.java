package org.xfrmctl.cli.explain;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.xfrmctl.datapath.engine.Routing;
import org.xfrmctl.datapath.wire.Flow;
import org.xfrmctl.manager.mtu.HostWays;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.route.Link;
import org.xfrmctl.netlink.route.PacketRoute;
import org.xfrmctl.netlink.route.RouteClient;
import org.xfrmctl.netlink.route.RouteQuery;
import org.xfrmctl.netlink.route.RouteType;

/** A host as its kernel routes packets now; each question is asked once. */
final class KernelSurroundings implements Surroundings {
    /** What comes is for those who listen here. A daemon for multicast, which may pass it on, has no part in this. */
    private static final Set<RouteType> OF_THIS_HOST =
            Set.of(RouteType.LOCAL, RouteType.BROADCAST, RouteType.ANYCAST, RouteType.MULTICAST);

    private final RouteClient client;
    private final ToIntFunction<String> indexes;
    private final Set<IpAddress> own = new HashSet<>();
    private final Map<RouteQuery, PacketRoute> known = new HashMap<>();

    /** Takes over the client and closes it with itself. */
    KernelSurroundings(RouteClient client, ToIntFunction<String> indexes) {
        this.client = client;
        this.indexes = indexes;
        client.listAddresses().forEach(address -> own.add(address.prefix().address()));
    }

    @Override
    public boolean isLocal(IpAddress address) {
        return own.contains(address);
    }

    @Override
    public int interfaceIndex(String name) {
        return indexes.applyAsInt(name);
    }

    @Override
    public Optional<IfId> entrance(Traveller packet) {
        return route(packet)
                .flatMap(found -> found.link().kind() instanceof Link.Kind.Xfrm xfrm && !xfrm.collectsMetadata()
                        ? Optional.of(xfrm.ifId())
                        : Optional.empty());
    }

    @Override
    public Routing routing(Traveller packet) {
        return new Routing() {
            @Override
            public Optional<Path> path(IpAddress destination) {
                return (destination.equals(packet.flow().destination())
                                ? route(packet)
                                : ask(RouteQuery.to(destination)))
                        .map(found -> path(found, destination.family()));
            }

            @Override
            public Optional<Path> path(Outer outer) {
                RouteQuery query = RouteQuery.to(outer.destination()).marked(outer.mark());
                return ask(isLocal(outer.source()) ? query.from(outer.source()) : query)
                        .map(found -> path(found, outer.destination().family()));
            }

            private Path path(PacketRoute found, Family family) {
                IpAddress source = found.route().preferredSource().orElseGet(() -> IpAddress.any(family));
                return new Path(
                        found.mtu(),
                        source,
                        found.link().index(),
                        OF_THIS_HOST.contains(found.route().kind().type()));
            }

            @Override
            public boolean sendsFrom(IpAddress source) {
                return source.family() == Family.INET6 || isLocal(source);
            }
        };
    }

    private Optional<PacketRoute> route(Traveller packet) {
        RouteQuery query = query(packet);
        if (!packet.passedOn()) {
            RouteQuery sent =
                    isLocal(packet.flow().source()) ? query.from(packet.flow().source()) : query;
            return ask(packet.device() != 0 ? sent.leavingBy(packet.device()) : sent);
        }
        OptionalInt arrival = arrival(packet);
        if (arrival.isEmpty()) {
            return ask(query);
        }
        try {
            return find(query.arrivingBy(arrival.getAsInt(), packet.flow().source()));
        } catch (NetlinkException e) {
            // The source does not come that way in clear, or must not; through a state it may (secpath_exists()).
            return e.is(Errno.EXDEV) || e.is(Errno.EINVAL) ? ask(query) : none(e);
        }
    }

    private static RouteQuery query(Traveller packet) {
        Flow flow = packet.flow();
        return RouteQuery.to(flow.destination())
                .marked(packet.mark())
                .carrying(new RouteQuery.Upper(flow.protocol(), flow.sourcePort(), flow.destinationPort()));
    }

    /** Where nobody says it, the link that leads back to its source. */
    private OptionalInt arrival(Traveller packet) {
        return packet.device() != 0
                ? OptionalInt.of(packet.device())
                : ask(RouteQuery.to(packet.flow().source()))
                        .map(found -> OptionalInt.of(found.link().index()))
                        .orElse(OptionalInt.empty());
    }

    private Optional<PacketRoute> ask(RouteQuery query) {
        try {
            return find(query);
        } catch (NetlinkException e) {
            return none(e);
        }
    }

    private Optional<PacketRoute> find(RouteQuery query) {
        return Optional.of(known.computeIfAbsent(query, client::getRoute));
    }

    private static Optional<PacketRoute> none(NetlinkException e) {
        if (HostWays.isWithoutRoute(e)) {
            return Optional.empty();
        }
        throw e;
    }

    @Override
    public void close() {
        client.close();
    }
}
