package org.xfrmctl.datapath.host;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.engine.OutputProcessor;
import org.xfrmctl.datapath.engine.XfrmNamespace;
import org.xfrmctl.datapath.host.rules.PacketRules;
import org.xfrmctl.datapath.host.tcp.Tcp;
import org.xfrmctl.datapath.link.Link;
import org.xfrmctl.datapath.link.Network;
import org.xfrmctl.datapath.link.Port;
import org.xfrmctl.datapath.link.Tap;
import org.xfrmctl.datapath.wire.Flow;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.UdpHeader;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.echo.EchoPath;
import org.xfrmctl.netlink.route.Link.Kind.Tunnel;

/**
 * One host of a lab: its interfaces and routes, an {@link XfrmNamespace}, and as much of IP, UDP and TCP as shows what a
 * tunnel does. Nothing moves but while {@link Network#pump} or {@link Network#pass} runs. Not safe for several threads, though its namespace
 * may be configured from another one.
 */
public final class Host {
    private final String name;
    private final XfrmNamespace namespace;
    private final RoutingTable routing;
    private final PacketRules rules = new PacketRules();
    private final Map<String, NetworkInterface> interfaces = new LinkedHashMap<>();
    /** Those that were made, by the same names. */
    private final Map<String, XfrmInterface> made = new LinkedHashMap<>();

    private final Map<String, TunnelInterface> tunnels = new LinkedHashMap<>();

    private int lastIndex;
    private final Reception reception;
    private final Egress egress;
    private final OutputProcessor output;
    private final IcmpErrors errors;
    private final LocalSender sender;
    private final Ping ping;
    private final Udp udp;
    private final IcmpNews news;
    private final Tcp tcp;
    private final Network network;
    private final Identifiers identifiers;
    private final Clock clock;

    /** A host without interfaces; its namespace is empty. */
    public Host(String name, Network network, Clock clock, RandomGenerator random, Identifiers identifiers) {
        this.name = name;
        this.network = network;
        this.identifiers = identifiers;
        this.namespace = new XfrmNamespace(clock, random);
        this.routing = new RoutingTable(namespace::seconds);
        this.output = new OutputProcessor(namespace, identifiers::ipId);
        this.egress = new Egress(routing, network, new Loopback(), identifiers, rules);
        this.sender = new LocalSender(routing, output, egress, identifiers, rules);
        this.errors = new IcmpErrors(sender, routing);
        this.clock = clock;
        this.ping = new Ping(sender, network, identifiers);
        this.udp = new Udp(sender, errors);
        this.tcp = new Tcp(new TcpPath(sender, routing), network.timetable(), random);
        Forwarding forwarding = new Forwarding(namespace, routing, output, egress, errors, rules);
        this.news = new IcmpNews(routing, namespace, tcp, udp, ping);
        IcmpInput icmp = new IcmpInput(sender, news, ping);
        this.reception = new Reception(namespace, routing, forwarding, new Transport(icmp, udp, tcp, errors), rules);
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
                device, ++lastIndex, link, addresses, (in, packet) -> reception.arrive(packet, in.index()));
        if (interfaces.putIfAbsent(device, added) != null) {
            throw new IllegalArgumentException(name + " has an interface " + device + " already");
        }
        link.attach(added);
        routing.add(added);
        return added;
    }

    /** Adds an XFRM interface; routes lead to it by {@link #route(IpPrefix, NetworkInterface)}. */
    public XfrmInterface attachXfrm(String device, IfId ifId, int mtu, List<IpPrefix> addresses) {
        Link link = network.link(device, mtu);
        NetworkInterface added = attach(device, link, addresses);
        XfrmInterface far = new XfrmInterface(ifId, routing, output, egress, errors, rules);
        reception.enter(added.index(), far);
        link.attach(far);
        made.put(device, far);
        return far;
    }

    /** Adds an interface that wraps packets; the MTU is what that leaves of the way to the other end, or of 1500 bytes. */
    public TunnelInterface attachTunnel(String device, Tunnel tunnel) {
        int way = routing.path(tunnel.remote()).map(path -> path.mtu()).orElse(1500);
        Link link = network.link(device, way - TunnelInterface.overhead(tunnel));
        NetworkInterface added = attach(device, link, List.of());
        TunnelInterface far = new TunnelInterface(tunnel, routing, output, egress, errors, identifiers);
        reception.enter(added.index(), far);
        link.attach(far);
        tunnels.put(device, far);
        return far;
    }

    /** Removes an interface that was made, with its addresses and the routes that lead there. */
    public void detach(String device) {
        Optional<XfrmInterface> xfrm = Optional.ofNullable(made.remove(device));
        Optional<TunnelInterface> tunnel = Optional.ofNullable(tunnels.remove(device));
        if (xfrm.isEmpty() && tunnel.isEmpty()) {
            throw new IllegalArgumentException(name + " has made no interface " + device);
        }
        xfrm.ifPresent(gone -> reception.leave(gone.ifId()));
        tunnel.ifPresent(reception::leave);
        routing.remove(device(device));
        interfaces.remove(device);
    }

    /** The interfaces that wrap packets, by their names. */
    public Map<String, TunnelInterface> tunnelInterfaces() {
        return Map.copyOf(tunnels);
    }

    /** The XFRM interfaces, by their names. */
    public Map<String, XfrmInterface> xfrmInterfaces() {
        return Map.copyOf(made);
    }

    /** Adds an address to an interface, and the route to its network. */
    public void addAddress(NetworkInterface device, IpPrefix address) {
        device.add(address);
        routing.add(new Route(address, Optional.empty(), device, address.address()));
    }

    public void removeAddress(NetworkInterface device, IpPrefix address) {
        device.remove(address);
        routing.remove(address, device);
    }

    /** Removes a route by an interface. */
    public void removeRoute(IpPrefix destination, NetworkInterface device) {
        routing.remove(destination, device);
    }

    /** Every route, in the order in which they are met. */
    public List<Route> routes() {
        return routing.routes();
    }

    /** Adds a route that is met before others to the same destination with its metric. */
    public void routeBefore(Route route) {
        routing.addBefore(route);
    }

    /** Removes one route. */
    public void removeRoute(Route route) {
        if (!routing.remove(route)) {
            throw new IllegalArgumentException(name + " has no route " + route);
        }
    }

    /** Where routes lead by an interface that nobody says to have made, its own networks left out. */
    public List<IpPrefix> routesBy(NetworkInterface device) {
        return routing.behind(device);
    }

    /** Every interface, the oldest first. */
    public List<NetworkInterface> devices() {
        return List.copyOf(interfaces.values());
    }

    /** An interface by its name. */
    public NetworkInterface device(String device) {
        return Optional.ofNullable(interfaces.get(device))
                .orElseThrow(() -> new IllegalArgumentException(name + " has no interface " + device));
    }

    /** Adds a route to whatever is on the link of a device, with the device's address as source, or another of this host. */
    public void route(IpPrefix destination, NetworkInterface device) {
        IpAddress own = Stream.concat(Stream.of(device), interfaces.values().stream())
                .flatMap(each -> each.addresses().stream())
                .map(IpPrefix::address)
                .filter(address -> address.family() == destination.family())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " has no address toward " + destination));
        routing.add(new Route(destination, Optional.empty(), device, own));
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

    /** Has ICMP errors limited as Linux limits them; labs and comparisons do without, on Linux too. */
    public void limitErrors() {
        errors.limit(new ErrorLimits(clock::millis));
    }

    /** Whether nothing is sent that starts here, and so no ICMP errors either; what is passed on is not touched. */
    public void silent(boolean value) {
        sender.silent(value);
    }

    /**
     * Opens a UDP port for ESP (RFC 3948) with a type of {@code UDP_ENCAP}; datagrams that are no ESP are
     * dropped, as nobody listens for them.
     */
    public void encapsulate(int port, int type) {
        reception.encapsulate(port, type);
        news.encapsulate(port);
        udp.unbind(port);
        udp.bind(port, (at, from, peer, data) -> {});
    }

    /** What changes packets on their way; nothing does at first. */
    public PacketRules rules() {
        return rules;
    }

    public Udp udp() {
        return udp;
    }

    public Tcp tcp() {
        return tcp;
    }

    /** Pings and waits until the network is quiet. */
    public PingOutcome ping(PingOptions options) {
        return ping(options, () -> false);
    }

    /**
     * Pings over devices, whose answers take their time.
     *
     * @param more waits for packets and delivers them; false when there is no waiting any more
     */
    public PingOutcome ping(PingOptions options, BooleanSupplier more) {
        PingSeries series = ping.start(options);
        while (!series.isOver()) {
            series.next(more);
        }
        return series.outcome();
    }

    /** As {@link #ping(PingOptions, BooleanSupplier)}, for who sends each request himself. */
    public PingSeries startPing(PingOptions options) {
        return ping.start(options);
    }

    /** Opens a socket that sends echo requests which nobody may fragment. The caller closes it. */
    public EchoSounder openSounder(EchoPath path) {
        return ping.open(path);
    }

    /** The way of packets to an address that are not to be protected, or have been; empty without a route. */
    public Optional<KnownPath> path(IpAddress destination) {
        return routing.known(destination);
    }

    /** The MTU that a connected UDP socket is told. */
    public int socketMtu(IpAddress from, int fromPort, IpAddress to, int toPort, int mark) {
        return sender.mtu(new Flow(from, to, UdpHeader.PROTOCOL, fromPort, toPort), mark);
    }

    /** Sends as a socket does, and waits until the network is quiet; the words of the errno if that fails at once. */
    public Optional<String> send(Datagram datagram) {
        Optional<String> error = sender.send(datagram);
        network.pump();
        return error;
    }

    /** Has {@code socket} see every datagram and segment for this host that policy lets pass. */
    public void deliver(Tap socket) {
        reception.deliver(socket);
    }

    /** Puts a packet on the wire as it is: no policy, no transform, whatever its source address. */
    public void inject(PacketBuffer packet) {
        egress.send(packet);
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
