package org.xfrmctl.datapath.host;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.wire.Flow;
import org.xfrmctl.datapath.wire.IcmpHeader;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.echo.EchoPath;
import org.xfrmctl.model.echo.Heard;

/** A socket that sends echo requests which nobody may fragment, one at a time, and hears what comes of each. */
public final class EchoSounder implements AutoCloseable {
    private final Ping ping;
    private final LocalSender sender;
    private final EchoPath path;
    private final int identifier;
    private int sequence;
    /** Of the request of that number; empty as long as nothing came. */
    private Optional<Heard> heard = Optional.empty();

    EchoSounder(Ping ping, LocalSender sender, EchoPath path, int identifier) {
        this.ping = ping;
        this.sender = sender;
        this.path = path;
        this.identifier = identifier;
    }

    int identifier() {
        return identifier;
    }

    /** Takes what came of the request of that number, unless it is an older one. */
    void hear(int number, Heard news) {
        if (number == sequence) {
            heard = heard.or(() -> Optional.of(news));
        }
    }

    /**
     * Sends a packet of {@code size} bytes, the IP header counted.
     *
     * @param more waits for packets and delivers them; false when there is no waiting any more
     */
    public Heard sound(int size, BooleanSupplier more) {
        sequence = (sequence + 1) & 0xffff;
        heard = Optional.empty();
        Optional<String> failure = ping.sound(request(path.data(size)));
        if (failure.isPresent()) {
            return failure.get().equals(LocalSender.TOO_LONG)
                    ? new Heard.Refused(mtu())
                    : new Heard.Unsent(failure.get());
        }
        while (heard.isEmpty()) {
            if (!more.getAsBoolean()) {
                return new Heard.Silence();
            }
        }
        return heard.get();
    }

    private Datagram request(int size) {
        PacketBuffer message = PacketBuffer.of(EchoPath.content(size));
        IcmpHeader.prepend(message, type(), 0, identifier << 16 | sequence);
        Discovery discovery = path.untaught() ? Discovery.PROBE : Discovery.DO;
        return new Datagram(path.from(), path.to(), protocol(), message, 0, path.mark(), discovery);
    }

    private int mtu() {
        IpAddress from = path.from().or(() -> sender.sourceFor(path.to())).orElseThrow();
        Flow flow = new Flow(from, path.to(), protocol(), type(), 0);
        return path.untaught() ? sender.untaughtMtu(flow, path.mark()) : sender.mtu(flow, path.mark());
    }

    private boolean isV4() {
        return path.to().family() == Family.INET;
    }

    private int protocol() {
        return isV4() ? IcmpHeader.PROTOCOL_V4 : IcmpHeader.PROTOCOL_V6;
    }

    private int type() {
        return isV4() ? IcmpHeader.V4_ECHO_REQUEST : IcmpHeader.V6_ECHO_REQUEST;
    }

    @Override
    public void close() {
        ping.end(this);
    }
}
