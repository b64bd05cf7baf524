package org.xfrmctl.datapath.host.tcp;

import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.model.IpAddress;

/** What TCP asks of the layer below. */
public interface IpLayer {
    /** The source address toward a destination; empty without a route. */
    Optional<IpAddress> sourceFor(IpAddress destination);

    /** The largest IP packet of a connection that goes in one piece, what IPsec adds already taken off. */
    int mtu(Ends ends);

    /** The MTU that the segment size told to the peer is taken from: the way's, with nothing taken off for IPsec. */
    int advertisedMtu(Ends ends);

    /** The segment size told to the peer, where the route says one ({@code advmss}). */
    OptionalInt announced(Ends ends);

    /** Sends a segment with the don't-fragment bit and the checksum set; the words of the errno if that fails at once. */
    Optional<String> send(Ends ends, PacketBuffer segment);

    /** Takes a router's word that no more than {@code mtu} bytes reach a destination. */
    void learn(IpAddress destination, int mtu);
}
