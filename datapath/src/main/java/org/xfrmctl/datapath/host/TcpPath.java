package org.xfrmctl.datapath.host;

import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.host.tcp.Ends;
import org.xfrmctl.datapath.host.tcp.IpLayer;
import org.xfrmctl.datapath.wire.TcpHeader;
import org.xfrmctl.model.IpAddress;

/** The way of a host's segments: as every other packet that starts here, always with DF. */
record TcpPath(LocalSender sender, RoutingTable routing) implements IpLayer {
    @Override
    public Optional<IpAddress> sourceFor(IpAddress destination) {
        return sender.sourceFor(destination);
    }

    @Override
    public int mtu(Ends ends) {
        return sender.mtu(ends.flow());
    }

    @Override
    public int advertisedMtu(Ends ends) {
        return sender.wayMtu(ends.flow());
    }

    /** A bundle takes it over from the route that packets have before it ({@code xfrm_bundle_create()}). */
    @Override
    public OptionalInt announced(Ends ends) {
        return routing.lookup(ends.remote())
                .map(route -> route.metrics().advmss())
                .orElse(OptionalInt.empty());
    }

    @Override
    public Optional<String> send(Ends ends, PacketBuffer segment) {
        Discovery discovery = routing.isLocked(ends.remote()) ? Discovery.WANT : Discovery.DO;
        return sender.send(
                new Datagram(Optional.of(ends.local()), ends.remote(), TcpHeader.PROTOCOL, segment, 0, discovery));
    }

    @Override
    public void learn(IpAddress destination, int mtu) {
        routing.learn(destination, mtu);
    }
}
