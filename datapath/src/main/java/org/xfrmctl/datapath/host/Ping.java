package org.xfrmctl.datapath.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.link.Network;
import org.xfrmctl.datapath.wire.Flow;
import org.xfrmctl.datapath.wire.IcmpEcho;
import org.xfrmctl.datapath.wire.IcmpHeader;
import org.xfrmctl.datapath.wire.UdpHeader;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.echo.EchoPath;
import org.xfrmctl.model.echo.Heard;

/** The {@code ping} of iputils: the same bytes, and the same lookups before the first packet. */
final class Ping {
    private static final int TIMESTAMP = 16;
    private static final int PROBED_PORT = 1025;
    /** No identifier. */
    private static final int NONE = -1;

    private final LocalSender sender;
    private final Network network;
    private final Identifiers identifiers;
    private final List<PingSeries> running = new ArrayList<>();
    private final List<EchoSounder> sounders = new ArrayList<>();

    Ping(LocalSender sender, Network network, Identifiers identifiers) {
        this.sender = sender;
        this.network = network;
        this.identifiers = identifiers;
    }

    /** Finds out whether the destination can be pinged at all, and chooses an identifier. */
    PingSeries start(PingOptions options) {
        Optional<String> refused = connect(options);
        if (refused.isPresent()) {
            return new PingSeries(this, options.withCount(0), NONE, refused);
        }
        PingSeries series = new PingSeries(this, options, identifiers.pingId(), Optional.empty());
        if (!series.isOver()) {
            running.add(series);
        }
        return series;
    }

    void end(PingSeries series) {
        running.remove(series);
    }

    /** A socket for whoever sends each request himself. */
    EchoSounder open(EchoPath path) {
        EchoSounder sounder = new EchoSounder(this, sender, path, identifiers.pingId());
        sounders.add(sounder);
        return sounder;
    }

    void end(EchoSounder sounder) {
        sounders.remove(sounder);
    }

    /** Sends a sounder's request; the words of the errno if that fails at once. */
    Optional<String> sound(Datagram request) {
        Optional<String> failure = sender.send(request);
        network.pump();
        return failure;
    }

    /** Sends one of the requests; the words of the errno if that fails at once. */
    Optional<String> send(PingOptions options, int identifier, int sequence) {
        Optional<String> failure = sender.send(request(options, identifier, sequence));
        network.pump();
        return failure;
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
            refused = sender.probe(probe, options.mark());
        }
        return refused;
    }

    private Datagram request(PingOptions options, int identifier, int sequence) {
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
        IcmpHeader.prepend(message, type, 0, identifier << 16 | (sequence & 0xffff));
        return new Datagram(
                options.source(),
                options.destination(),
                v4 ? IcmpHeader.PROTOCOL_V4 : IcmpHeader.PROTOCOL_V6,
                message,
                options.tos(),
                options.mark(),
                options.dontFragment() ? Discovery.DO : Discovery.WANT);
    }

    /** Whether requests with this identifier are being sent. */
    boolean isRunning(int identifier) {
        return running.stream().anyMatch(series -> series.identifier() == identifier)
                || sounders.stream().anyMatch(sounder -> sounder.identifier() == identifier);
    }

    /** Takes an error about a request of ours. */
    void failed(int identifier, int sequence, Heard error) {
        sounders.stream()
                .filter(sounder -> sounder.identifier() == identifier)
                .forEach(sounder -> sounder.hear(sequence, error));
    }

    /** Takes a reply that came in. */
    void reply(IcmpEcho echo) {
        running.stream()
                .filter(series -> series.identifier() == echo.identifier())
                .forEach(series -> series.reply(echo.sequence()));
        sounders.stream()
                .filter(sounder -> sounder.identifier() == echo.identifier())
                .forEach(sounder -> sounder.hear(echo.sequence(), new Heard.Answer()));
    }
}
