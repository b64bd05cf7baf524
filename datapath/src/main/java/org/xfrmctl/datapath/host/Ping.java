package org.xfrmctl.datapath.host;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.link.Network;
import org.xfrmctl.datapath.wire.Flow;
import org.xfrmctl.datapath.wire.IcmpEcho;
import org.xfrmctl.datapath.wire.IcmpHeader;
import org.xfrmctl.datapath.wire.UdpHeader;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;

/** The {@code ping} of iputils: the same bytes, and the same lookups before the first packet. */
final class Ping {
    private static final int TIMESTAMP = 16;
    private static final int PROBED_PORT = 1025;

    private final LocalSender sender;
    private final Network network;
    private final Identifiers identifiers;
    /** The replies that the running ping has had, by sequence number. */
    private final Set<Integer> replies = new HashSet<>();

    private int running = -1;

    Ping(LocalSender sender, Network network, Identifiers identifiers) {
        this.sender = sender;
        this.network = network;
        this.identifiers = identifiers;
    }

    /** Pings; for each reply that is missing when the network is quiet, waits as long as {@code more} says there is more. */
    PingOutcome run(PingOptions options, BooleanSupplier more) {
        Optional<String> refused = connect(options);
        if (refused.isPresent()) {
            return new PingOutcome(0, 0, refused);
        }
        running = identifiers.pingId();
        replies.clear();
        Optional<String> error = Optional.empty();
        int received = 0;
        for (int sequence = 1; sequence <= options.count(); sequence++) {
            Optional<String> failure = sender.send(request(options, sequence));
            error = error.or(() -> failure);
            network.pump();
            received += failure.isEmpty() && answered(sequence & 0xffff, more) ? 1 : 0;
        }
        running = -1;
        return new PingOutcome(options.count(), received, error);
    }

    private boolean answered(int sequence, BooleanSupplier more) {
        while (!replies.contains(sequence)) {
            if (!more.getAsBoolean()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Finds its source address by connecting a UDP socket, unless it was given one. The lookups that takes are those of
     * iputils 20221126 on Linux 6.1, as XfrmOutNoStates shows them.
     */
    private Optional<String> connect(PingOptions options) {
        if (options.source().isPresent()) {
            return Optional.empty();
        }
        Optional<IpAddress> source = sender.sourceFor(options.destination());
        if (source.isEmpty()) {
            return Optional.of("Network is unreachable");
        }
        Flow probe = new Flow(
                source.get(), options.destination(), UdpHeader.PROTOCOL, identifiers.ephemeralPort(), PROBED_PORT);
        int lookups = options.destination().family() == Family.INET ? 3 : 4;
        Optional<String> refused = Optional.empty();
        for (int i = 0; i < lookups && refused.isEmpty(); i++) {
            refused = sender.probe(probe);
        }
        return refused;
    }

    private Datagram request(PingOptions options, int sequence) {
        boolean v4 = options.destination().family() == Family.INET;
        byte[] data = new byte[options.size()];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) i;
        }
        if (data.length >= TIMESTAMP) {
            Bytes time = identifiers.pingTimestamp();
            System.arraycopy(time.toArray(), 0, data, 0, TIMESTAMP);
        }
        PacketBuffer message = PacketBuffer.of(data);
        int type = v4 ? IcmpHeader.V4_ECHO_REQUEST : IcmpHeader.V6_ECHO_REQUEST;
        IcmpHeader.prepend(message, type, 0, running << 16 | (sequence & 0xffff));
        return new Datagram(
                options.source(),
                options.destination(),
                v4 ? IcmpHeader.PROTOCOL_V4 : IcmpHeader.PROTOCOL_V6,
                message,
                options.tos(),
                options.dontFragment() ? Discovery.DO : Discovery.WANT);
    }

    /** Whether requests with this identifier are being sent. */
    boolean isRunning(int identifier) {
        return running >= 0 && identifier == running;
    }

    /** Takes a reply that came in. */
    void reply(IcmpEcho echo) {
        if (isRunning(echo.identifier())) {
            replies.add(echo.sequence());
        }
    }
}
