package org.xfrmctl.cli.daemon;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xfrmctl.datapath.device.Device;
import org.xfrmctl.datapath.device.DeviceLoop;
import org.xfrmctl.datapath.device.EthernetDevice;
import org.xfrmctl.datapath.device.TunDevice;
import org.xfrmctl.datapath.device.UdpDevice;
import org.xfrmctl.datapath.engine.XfrmNamespace;
import org.xfrmctl.datapath.host.EchoSounder;
import org.xfrmctl.datapath.host.Host;
import org.xfrmctl.datapath.host.Identifiers;
import org.xfrmctl.datapath.host.NetworkInterface;
import org.xfrmctl.datapath.host.PingOptions;
import org.xfrmctl.datapath.host.PingOutcome;
import org.xfrmctl.datapath.host.PingSeries;
import org.xfrmctl.datapath.host.rules.PacketRules;
import org.xfrmctl.datapath.link.Link;
import org.xfrmctl.datapath.link.Network;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.netlink.sys.EthernetInterface;
import org.xfrmctl.netlink.sys.PacketChannel;
import org.xfrmctl.netlink.sys.TunInterface;
import org.xfrmctl.netlink.sys.UdpEndpoint;

/** The host that a daemon's kernel is part of: its devices and routes, and the loop that moves its packets. */
public final class DaemonHost {
    /** What IPv4 and IPv6 can have; the machine's own UDP cuts what its links cannot. */
    private static final int LARGEST_MTU = 65_535;

    private static final long PING_MILLIS = 1_000;
    /** Discard (RFC 863): some number must stand there. */
    private static final int ANY_PORT = 9;

    private final Network network = new Network();
    private final Host host;
    private final List<DeviceLoop.Member> members = new ArrayList<>();
    private final DeviceLoop loop;

    /** Opens the devices; what it is free to choose comes from the generator, and {@code report} takes lines for people. */
    public DaemonHost(
            List<DeviceSpec> devices,
            List<RouteSpec> routes,
            boolean forwarding,
            SecureRandom random,
            Consumer<String> report) {
        host = new Host("daemon", network, Clock.systemUTC(), random, Identifiers.random(random));
        host.encapsulate(UdpDevice.PORT, Encap.ESPINUDP);
        host.forwarding(forwarding);
        host.limitErrors();
        try {
            devices.forEach(this::open);
            routes.forEach(route -> host.route(route.destination(), route.via(), route.source()));
            loop = new DeviceLoop(network, members, DaemonHost::millis, report);
        } catch (RuntimeException e) {
            members.forEach(member -> member.channel().close());
            throw e;
        }
    }

    private static long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    public XfrmNamespace namespace() {
        return host.namespace();
    }

    /** What changes this host's packets; may be exchanged from any thread. */
    public PacketRules rules() {
        return host.rules();
    }

    /** The addresses that it has, from any thread. */
    public Set<IpAddress> addresses() {
        return call(() -> own().collect(Collectors.toUnmodifiableSet()));
    }

    private Stream<IpAddress> own() {
        return host.devices().stream()
                .flatMap(device -> device.addresses().stream())
                .map(IpPrefix::address)
                .distinct();
    }

    /** Its kernel's counters of dropped packets by their names, from any thread. */
    public Map<String, Long> statistics() {
        Map<String, Long> counters = new LinkedHashMap<>();
        namespace().lock().lock();
        try {
            namespace().statistics().snapshot().forEach((counter, value) -> counters.put(counter.toString(), value));
        } finally {
            namespace().lock().unlock();
        }
        return counters;
    }

    private void open(DeviceSpec spec) {
        if (spec instanceof DeviceSpec.Tun tun) {
            PacketChannel channel = TunInterface.open(tun.name()).channel();
            join(tun.name(), tun.mtu(), spec, channel, packets -> new TunDevice(send(channel), packets));
        } else if (spec instanceof DeviceSpec.Packet packet) {
            EthernetInterface ethernet = EthernetInterface.open(packet.name());
            PacketChannel channel = ethernet.channel();
            join(
                    packet.name(),
                    ethernet.mtu(),
                    spec,
                    channel,
                    packets -> new EthernetDevice(
                            ethernet.address(),
                            spec.addresses().stream().map(IpPrefix::address).toList(),
                            send(channel),
                            packets,
                            DaemonHost::millis));
        } else if (spec instanceof DeviceSpec.Udp udp) {
            PacketChannel channel = UdpEndpoint.open(udp.local(), udp.remote()).channel();
            join(
                    "udp" + members.size(),
                    LARGEST_MTU,
                    spec,
                    channel,
                    packets -> new UdpDevice(own(udp), udp.peer(), send(channel), packets));
        }
    }

    /** The address that the peer's network has. */
    private static IpAddress own(DeviceSpec.Udp udp) {
        return udp.addresses().stream()
                .filter(prefix -> prefix.contains(udp.peer()))
                .map(IpPrefix::address)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "peer=" + udp.peer() + " is in the network of no address= of its device"));
    }

    private static Consumer<ByteBuffer> send(PacketChannel channel) {
        return channel::send;
    }

    private void join(
            String name, int mtu, DeviceSpec spec, PacketChannel channel, Function<Consumer<byte[]>, Device> maker) {
        Link link = network.link(name, mtu);
        NetworkInterface port;
        Device device;
        try {
            port = host.attach(name, link, spec.addresses());
            device = maker.apply(packet -> network.deliver(port, packet));
        } catch (RuntimeException e) {
            channel.close();
            throw e;
        }
        link.attach(device);
        members.add(new DeviceLoop.Member(device, channel));
    }

    /**
     * Moves packets until {@link #stop()}, on the calling thread.
     *
     * @throws org.xfrmctl.netlink.NetlinkException if a device is gone
     */
    public void run() {
        try (loop) {
            loop.run();
        }
    }

    /** From any thread. */
    public void stop() {
        loop.stop();
    }

    /**
     * Pings while {@link #run()} moves the packets, and waits for each answer no longer than a second; from any thread.
     * Between two requests others have their turn.
     */
    public PingOutcome ping(PingOptions options) {
        PingSeries series = call(() -> host.startPing(options));
        boolean over = series.isOver();
        while (!over) {
            over = call(() -> series.next(loop.patience(PING_MILLIS)));
        }
        return series.outcome();
    }

    /** Answers what the socket of {@link NetlinkDoor} is asked about this host; from any thread. */
    String answer(HostQuestion question) {
        return call(() -> {
            if (question instanceof HostQuestion.Sound sound) {
                try (EchoSounder sounder = host.openSounder(sound.path())) {
                    return HeardWords.print(sounder.sound(sound.size(), loop.patience(sound.millis())));
                }
            }
            if (question instanceof HostQuestion.Path path) {
                return host.path(path.to())
                        .map(known -> known.mtu() + " " + known.device() + " " + known.linkMtu() + " " + known.source())
                        .orElse("");
            }
            if (question instanceof HostQuestion.Socket socket) {
                return Integer.toString(host.socketMtu(socket.from(), 0, socket.to(), ANY_PORT, socket.mark()));
            }
            return own().map(IpAddress::toString).collect(Collectors.joining(" "));
        });
    }

    private <T> T call(Supplier<T> work) {
        try {
            return loop.call(work).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
