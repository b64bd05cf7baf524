package org.xfrmctl.datapath.host;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.engine.OutputProcessor;
import org.xfrmctl.datapath.engine.XfrmNamespace;
import org.xfrmctl.datapath.link.Link;
import org.xfrmctl.datapath.link.Network;
import org.xfrmctl.datapath.link.Port;
import org.xfrmctl.datapath.link.Tap;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;

/**
 * One host of a lab: its interfaces and routes, an {@link XfrmNamespace}, and the little of IP that a ping through a
 * tunnel needs. Nothing moves but while {@link Network#pump} runs. Not safe for several threads, though its namespace
 * may be configured from another one.
 */
public final class Host {
    private final String name;
    private final XfrmNamespace namespace;
    private final RoutingTable routing;
    private final Map<String, NetworkInterface> interfaces = new HashMap<>();
    private final Reception reception;
    private final Egress egress;
    private final LocalSender sender;
    private final Ping ping;
    private final Network network;

    /** A host without interfaces; its namespace is empty. */
    public Host(String name, Network network, Clock clock, RandomGenerator random, Identifiers identifiers) {
        this.name = name;
        this.network = network;
        this.namespace = new XfrmNamespace(clock, random);
        this.routing = new RoutingTable(namespace::seconds);
        OutputProcessor output = new OutputProcessor(namespace, identifiers::ipId);
        this.egress = new Egress(routing, network, new Loopback(), identifiers);
        this.sender = new LocalSender(routing, output, egress, identifiers);
        IcmpErrors errors = new IcmpErrors(sender, routing, namespace);
        this.ping = new Ping(sender, network, identifiers);
        Forwarding forwarding = new Forwarding(namespace, routing, output, egress, errors);
        this.reception = new Reception(namespace, routing, forwarding, new IcmpInput(sender, errors, ping));
    }

    public String name() {
        return name;
    }

    public XfrmNamespace namespace() {
        return namespace;
    }

    /** Adds an interface on a link; its addresses' networks become routes. */
    public NetworkInterface attach(String device, Link link, List<IpPrefix> addresses) {
        NetworkInterface added = new NetworkInterface(
                device, interfaces.size() + 1, link, addresses, (in, packet) -> reception.arrive(packet, in.index()));
        if (interfaces.putIfAbsent(device, added) != null) {
            throw new IllegalArgumentException(name + " has an interface " + device + " already");
        }
        link.attach(added);
        routing.add(added);
        return added;
    }

    /** Adds a route over a router, which must be on a link of this host. */
    public void route(IpPrefix destination, IpAddress via) {
        route(destination, via, Optional.empty());
    }

    /** As {@link #route(IpPrefix, IpAddress)}, with the source address for packets that start here. */
    public void route(IpPrefix destination, IpAddress via, Optional<IpAddress> source) {
        NetworkInterface device = routing.deviceTo(via)
                .orElseThrow(() -> new IllegalArgumentException(name + " has no link to router " + via));
        IpAddress own = source.or(() -> addressOn(device, via))
                .orElseThrow(() -> new IllegalArgumentException(name + " has no address toward " + via));
        routing.add(new Route(destination, Optional.of(via), device, own));
    }

    private static Optional<IpAddress> addressOn(NetworkInterface device, IpAddress near) {
        return device.addresses().stream()
                .filter(prefix -> prefix.contains(near))
                .map(IpPrefix::address)
                .findFirst();
    }

    /** Whether packets for others are passed on ({@code net.ipv4.ip_forward}, {@code net.ipv6.conf.all.forwarding}). */
    public void forwarding(boolean value) {
        reception.forwarding(value);
    }

    /**
     * Opens a UDP port for ESP (RFC 3948) with a type of {@code UDP_ENCAP}; datagrams that are no ESP are
     * dropped, as nobody listens for them.
     */
    public void encapsulate(int port, int type) {
        reception.encapsulate(port, type);
    }

    /** Pings and waits until the network is quiet. */
    public PingOutcome ping(PingOptions options) {
        return ping.run(options);
    }

    /** Sends as a socket does, and waits until the network is quiet; the words of the errno if that fails at once. */
    public Optional<String> send(Datagram datagram) {
        Optional<String> error = sender.send(datagram);
        network.pump();
        return error;
    }

    /** Has {@code socket} see every packet for this host that policy lets pass and that is no ICMP. */
    public void deliver(Tap socket) {
        reception.deliver(socket);
    }

    /** Puts a packet on the wire as it is: no policy, no transform, whatever its source address. */
    public void inject(PacketBuffer packet) {
        egress.send(packet, Egress.UNLIMITED);
        network.pump();
    }

    @Override
    public String toString() {
        return name;
    }

    /** Packets from here to here; XFRM leaves them alone, for {@code lo} has disable_xfrm and disable_policy set. */
    private final class Loopback implements Port {
        @Override
        public boolean owns(IpAddress address) {
            return routing.isLocal(address);
        }

        @Override
        public void receive(byte[] packet) {
            if (IpHeader.read(PacketBuffer.of(packet)).isPresent()) {
                reception.loopBack(packet);
            }
        }
    }
}
