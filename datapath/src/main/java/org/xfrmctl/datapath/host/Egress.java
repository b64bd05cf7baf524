package org.xfrmctl.datapath.host;

import java.util.List;
import java.util.Optional;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.host.rules.PacketRules;
import org.xfrmctl.datapath.link.Network;
import org.xfrmctl.datapath.link.Port;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;

/** The last step of every packet: its route, fragments if need be, the link. */
final class Egress {
    private static final int UNLIMITED = Integer.MAX_VALUE;

    private final RoutingTable routing;
    private final Network network;
    private final Port loopback;
    private final Identifiers identifiers;
    private final PacketRules rules;

    Egress(RoutingTable routing, Network network, Port loopback, Identifiers identifiers, PacketRules rules) {
        this.rules = rules;
        this.routing = routing;
        this.network = network;
        this.loopback = loopback;
        this.identifiers = identifiers;
    }

    /**
     * Sends a finished packet. One that does not fit and must not be fragmented is lost: whoever could be told has been asked
     * before the transforms.
     */
    void send(PacketBuffer packet) {
        send(packet, false);
    }

    /** As {@link #send}, for a socket that overlooks what is known of the path: the link's MTU counts. */
    void sendUntaught(PacketBuffer packet) {
        send(packet, true);
    }

    private void send(PacketBuffer packet, boolean untaught) {
        rules.output(packet);
        IpHeader ip = IpHeader.read(packet).orElseThrow();
        Optional<Route> route = routing.lookup(ip.destination());
        if (routing.isLocal(ip.destination())) {
            network.deliver(loopback, packet.toBytes());
        } else if (route.isPresent()) {
            int mtu = untaught
                    ? route.get().device().link().mtu()
                    : routing.path(ip.destination()).orElseThrow().mtu();
            for (PacketBuffer part : fit(packet, ip, mtu)) {
                route.get().device().link().send(route.get().nextHop(ip.destination()), part.toBytes());
            }
        }
    }

    /**
     * As {@link #send}, for a local sender who lets his packets be cut, where their pieces end: then the don't-fragment bit
     * that a transform has set, as BEET does with IPv6 in IPv4, does not hold ({@code ignore_df} of {@code struct sk_buff}).
     */
    void sendCut(PacketBuffer packet, Pieces pieces) {
        IpHeader ip = IpHeader.read(packet).orElseThrow();
        int mtu = routing.path(ip.destination()).map(path -> path.mtu()).orElse(UNLIMITED);
        if (ip instanceof Ipv4Header v4 && v4.totalLength() > mtu) {
            v4.dontFragment(false);
            if (pieces.fit(v4, mtu)) {
                v4.finish(v4.totalLength());
                Fragmentation.v4(packet, pieces).forEach(this::send);
                return;
            }
        }
        send(packet);
    }

    private List<PacketBuffer> fit(PacketBuffer packet, IpHeader ip, int mtu) {
        if (ip.totalLength() <= mtu) {
            return List.of(packet);
        }
        if (ip instanceof Ipv4Header v4) {
            return v4.dontFragment() ? List.of() : Fragmentation.v4(packet, mtu);
        }
        return Fragmentation.v6(packet, mtu, identifiers.fragmentId());
    }
}
