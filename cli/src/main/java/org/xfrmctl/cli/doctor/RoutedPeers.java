package org.xfrmctl.cli.doctor;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xfrmctl.manager.doctor.PeerPath;
import org.xfrmctl.manager.mtu.HostWays;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.route.PacketRoute;
import org.xfrmctl.netlink.route.RouteClient;
import org.xfrmctl.netlink.route.RouteQuery;

/** The ways to the peers of states, whoever made these. */
public final class RoutedPeers {
    private record Peer(IpAddress source, IpAddress destination, int mark) {}

    private RoutedPeers() {}

    /** Of states that this host sends by; one that has no route has no way. */
    public static List<PeerPath> paths(RouteClient client, List<XfrmState> states, Set<IpAddress> own) {
        return states.stream()
                .filter(state ->
                        own.contains(state.source()) && !own.contains(state.id().destination()))
                .map(state -> new Peer(
                        state.source(),
                        state.id().destination(),
                        state.options()
                                .outputMark()
                                .map(Mark::masked)
                                .map(Mark::value)
                                .orElse(0)))
                .distinct()
                .flatMap(peer -> path(client, peer).stream())
                .toList();
    }

    private static Optional<PeerPath> path(RouteClient client, Peer peer) {
        try {
            PacketRoute found = client.getRoute(
                    RouteQuery.to(peer.destination).from(peer.source).marked(peer.mark));
            return Optional.of(new PeerPath(
                    peer.source,
                    peer.destination,
                    peer.mark,
                    found.mtu(),
                    found.link().mtu(),
                    found.origin() == PacketRoute.Origin.LEARNT));
        } catch (NetlinkException e) {
            if (HostWays.isWithoutRoute(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
