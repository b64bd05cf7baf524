package org.xfrmctl.datapath.host;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.UdpHeader;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.IpAddress;

/** The UDP of a host (RFC 768): open ports and those behind them. Not safe for several threads. */
public final class Udp {
    /** Who has opened a port. */
    public interface Service {
        /** A datagram has come, to {@code at}. */
        void received(IpAddress at, IpAddress from, int port, Bytes data);

        /** Something that was sent from here did not arrive; the words of the errno. */
        default void failed(String reason) {}
    }

    private final LocalSender sender;
    private final IcmpErrors errors;
    private final Map<Integer, Service> services = new HashMap<>();

    Udp(LocalSender sender, IcmpErrors errors) {
        this.sender = sender;
        this.errors = errors;
    }

    /** Opens a port to whoever comes. */
    public void bind(int port, Service service) {
        if (services.putIfAbsent(port, service) != null) {
            throw new IllegalArgumentException("UDP port " + port + " is open already");
        }
    }

    /** Closes a port. */
    public void unbind(int port) {
        services.remove(port);
    }

    /** Opens a port that sends back what comes (RFC 862), from the address that it came to. */
    public void echo(int port) {
        bind(port, (at, from, peer, data) -> {
            // Nobody is there to be told that an answer could not be sent.
            var unused = send(Optional.of(at), port, from, peer, data, Discovery.WANT);
        });
    }

    /** Sends a datagram, in fragments if need be; the words of the errno if that fails at once. */
    public Optional<String> send(int localPort, IpAddress to, int port, Bytes data) {
        return send(Optional.empty(), localPort, to, port, data, Discovery.WANT);
    }

    /** As {@link #send(int, IpAddress, int, Bytes)}, but with DF and never in fragments. */
    public Optional<String> sendWhole(int localPort, IpAddress to, int port, Bytes data) {
        return send(Optional.empty(), localPort, to, port, data, Discovery.DO);
    }

    private Optional<String> send(
            Optional<IpAddress> source, int localPort, IpAddress to, int port, Bytes data, Discovery discovery) {
        PacketBuffer payload = PacketBuffer.of(data.toArray());
        UdpHeader.prepend(payload, localPort, port);
        return sender.send(new Datagram(source, to, UdpHeader.PROTOCOL, payload, 0, discovery));
    }

    /** Takes a packet with a datagram at {@code at}; one with a wrong checksum vanishes. */
    void take(PacketBuffer packet, IpHeader ip, int at) {
        Optional<UdpHeader> read = UdpHeader.read(packet, at).filter(udp -> udp.checksumIsValid(ip));
        if (read.isEmpty()) {
            return;
        }
        UdpHeader udp = read.get();
        Service service = services.get(udp.destinationPort());
        if (service == null) {
            errors.portUnreachable(packet);
            return;
        }
        byte[] data = new byte[udp.length() - UdpHeader.LENGTH];
        System.arraycopy(packet.array(), packet.start() + at + UdpHeader.LENGTH, data, 0, data.length);
        service.received(ip.destination(), ip.source(), udp.sourcePort(), Bytes.of(data));
    }

    boolean isOpen(int port) {
        return services.containsKey(port);
    }

    /** An ICMP error about a datagram from a port of ours. */
    void unreachable(int localPort, String reason) {
        Service service = services.get(localPort);
        if (service != null) {
            service.failed(reason);
        }
    }
}
