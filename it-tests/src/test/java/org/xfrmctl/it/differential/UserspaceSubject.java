package org.xfrmctl.it.differential;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.host.Datagram;
import org.xfrmctl.datapath.host.Discovery;
import org.xfrmctl.datapath.host.Host;
import org.xfrmctl.datapath.host.Identifiers;
import org.xfrmctl.datapath.host.NetworkInterface;
import org.xfrmctl.datapath.kernel.UserspaceKernel;
import org.xfrmctl.datapath.link.Link;
import org.xfrmctl.datapath.link.Network;
import org.xfrmctl.datapath.link.Port;
import org.xfrmctl.datapath.wire.UdpHeader;
import org.xfrmctl.it.differential.Step.Departure;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.XfrmCounter;
import org.xfrmctl.netlink.NetlinkTransport;
import org.xfrmctl.netlink.uapi.XfrmGroup;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/** A userspace kernel, new for each sequence. Its time stands still. */
final class UserspaceSubject implements Subject {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

    private final Host host;
    private final Network network = new Network();
    private final NetworkInterface device;
    private final UserspaceKernel kernel;
    private final NetlinkTransport socket;
    private final NetlinkTransport listener;
    private final List<byte[]> emitted = new ArrayList<>();
    private final List<String> delivered = new ArrayList<>();

    UserspaceSubject() {
        Random random = new Random(1);
        this.host = new Host("subject", network, CLOCK, random, Identifiers.random(random));
        // The loopback device of a real one has the first index.
        host.attach("none", network.link("none", MTU), List.of());
        Link link = network.link("wire", MTU);
        this.device = host.attach("wire", link, List.of(new IpPrefix(LOCAL_V4, 24), new IpPrefix(LOCAL_V6, 64)));
        link.attach(new Wire());
        host.route(IpPrefix.parse("0.0.0.0/0"), IpAddress.parse("192.0.2.254"));
        host.route(IpPrefix.parse("::/0"), IpAddress.parse("2001:db8::fe"));
        host.forwarding(true);
        host.encapsulate(ENCAP_PORT, 2);
        // Datagrams that are no ESP reach its socket like any other.
        host.udp().unbind(ENCAP_PORT);
        Stream.concat(LISTENING.stream(), Stream.of(ENCAP_PORT)).forEach(this::listen);
        this.kernel = new UserspaceKernel(host.namespace());
        this.socket = kernel.open();
        this.listener = kernel.open();
        XfrmGroup.ALL.forEach(listener::join);
        try (XfrmClient client = new XfrmClient(kernel.open())) {
            Beginnings.useUp(this, client);
        }
    }

    @Override
    public NetlinkTransport socket() {
        return socket;
    }

    /** One more socket of the same kernel. */
    NetlinkTransport another() {
        return kernel.open();
    }

    @Override
    public NetlinkTransport listener() {
        return listener;
    }

    @Override
    public void settle() {
        // Nothing comes late.
    }

    @Override
    public void arrive(byte[] packet) {
        device.receive(packet.clone());
        network.pump();
    }

    @Override
    public String send(Departure departure, byte[] data) {
        PacketBuffer payload = PacketBuffer.of(data);
        if (departure.protocol() == UdpHeader.PROTOCOL) {
            UdpHeader.prepend(payload, departure.sourcePort(), departure.destinationPort());
        }
        Optional<String> error = host.send(new Datagram(
                Optional.of(Subject.local(departure.destination().family())),
                departure.destination(),
                departure.protocol(),
                payload,
                departure.trafficClass(),
                departure.mark(),
                Discovery.valueOf(departure.discovery().name())));
        return error.orElse("sent");
    }

    @Override
    public List<byte[]> emitted() {
        List<byte[]> packets = List.copyOf(emitted);
        emitted.clear();
        return packets;
    }

    @Override
    public List<String> delivered() {
        List<String> datagrams = delivered.stream().sorted().toList();
        delivered.clear();
        return datagrams;
    }

    private void listen(int port) {
        host.udp()
                .bind(
                        port,
                        (at, from, peer, data) ->
                                delivered.add(port + " " + HexFormat.of().formatHex(data.toArray())));
    }

    @Override
    public Map<XfrmCounter, Long> statistics() {
        host.namespace().lock().lock();
        try {
            return host.namespace().statistics().snapshot();
        } finally {
            host.namespace().lock().unlock();
        }
    }

    /** Everybody who is not this host; takes and says nothing. */
    private final class Wire implements Port {
        @Override
        public boolean owns(IpAddress address) {
            return true;
        }

        @Override
        public void receive(byte[] packet) {
            emitted.add(packet);
        }
    }
}
