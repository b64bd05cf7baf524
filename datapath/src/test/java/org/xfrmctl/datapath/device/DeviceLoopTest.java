package org.xfrmctl.datapath.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.datapath.engine.Samples.esp;
import static org.xfrmctl.datapath.engine.Samples.gcm;
import static org.xfrmctl.datapath.engine.Samples.ip;
import static org.xfrmctl.datapath.engine.Samples.net;
import static org.xfrmctl.datapath.engine.Samples.policy;
import static org.xfrmctl.datapath.engine.Samples.tunnel;

import java.net.DatagramSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.xfrmctl.datapath.host.Host;
import org.xfrmctl.datapath.host.Identifiers;
import org.xfrmctl.datapath.host.NetworkInterface;
import org.xfrmctl.datapath.host.PingOptions;
import org.xfrmctl.datapath.host.PingOutcome;
import org.xfrmctl.datapath.link.Link;
import org.xfrmctl.datapath.link.Network;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.NatTraversal;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.netlink.sys.UdpEndpoint;

/** Two hosts, each with a loop and a thread of its own, and real UDP sockets of this machine between them. */
class DeviceLoopTest {
    private static final long PATIENCE = 10_000;
    private static final List<Algorithm> ALGORITHMS = gcm(128);

    private final List<String> reports = new CopyOnWriteArrayList<>();

    private record Node(Network network, Host host, DeviceLoop loop, Thread thread) {}

    @Test
    void pingsThroughEspInUdp() throws Exception {
        UdpEndpoint.Address first = free();
        UdpEndpoint.Address second = free();
        Node near = node("192.0.2.1", "10.1.0.1", "192.0.2.2", "10.2.0.0/16", UdpEndpoint.open(first, second));
        Node far = node("192.0.2.2", "10.2.0.1", "192.0.2.1", "10.1.0.0/16", UdpEndpoint.open(second, first));
        try {
            PingOptions options = PingOptions.of(ip("10.2.0.1"), 4000).withCount(3);
            PingOutcome outcome = near.loop()
                    .call(() -> near.host().ping(options, near.loop().patience(PATIENCE)))
                    .get(2 * PATIENCE, TimeUnit.MILLISECONDS);
            assertThat(outcome.received()).isEqualTo(3);
            for (Node node : List.of(near, far)) {
                assertThat(node.host().namespace().states().list())
                        .allSatisfy(
                                state -> assertThat(state.current().packets()).isEqualTo(3));
                assertThat(node.host().namespace().statistics().snapshot().values())
                        .containsOnly(0L);
            }
        } finally {
            for (Node node : List.of(near, far)) {
                node.loop().stop();
                node.thread().join();
            }
        }
    }

    /** Ends at once, though no packet ever came: the thread is woken. */
    @Test
    void stopsWhileItWaits() throws Exception {
        Node node = node("192.0.2.1", "10.1.0.1", "192.0.2.2", "10.2.0.0/16", UdpEndpoint.open(free(), free()));
        node.loop().call(() -> node).get(PATIENCE, TimeUnit.MILLISECONDS);
        node.loop().stop();
        node.thread().join(PATIENCE);
        assertThat(node.thread().isAlive()).isFalse();
        node.loop().stop();
    }

    /** Whatever a packet does to the host, the loop goes on, says so once, and then does what it is asked. */
    @Test
    void outlivesABrokenStep() throws Exception {
        Node node = node("192.0.2.1", "10.1.0.1", "192.0.2.2", "10.2.0.0/16", UdpEndpoint.open(free(), free()));
        CompletableFuture<Long> later = new CompletableFuture<>();
        var unused = node.loop().call(() -> {
            for (int i = 0; i < 2; i++) {
                node.network().timetable().after(1 + i, () -> {
                    throw new IllegalArgumentException("5 bytes of 3");
                });
            }
            return node.network()
                    .timetable()
                    .after(3, () -> later.complete(node.loop().dropped()));
        });
        assertThat(later.get(PATIENCE, TimeUnit.MILLISECONDS)).isEqualTo(2);
        assertThat(reports).singleElement().asString().contains("1 so far", "5 bytes of 3");
        node.loop().stop();
        node.thread().join();
    }

    @Test
    void leavesNobodyWaiting() throws Exception {
        Node node = node("192.0.2.1", "10.1.0.1", "192.0.2.2", "10.2.0.0/16", UdpEndpoint.open(free(), free()));
        CompletableFuture<Object> broken = node.loop().call(() -> {
            node.loop().stop();
            throw new StackOverflowError("for this test");
        });
        assertThat(broken).failsWithin(Duration.ofMillis(PATIENCE));
        node.thread().join();
        assertThat(node.loop().call(() -> 1)).isCompletedExceptionally();
    }

    private static UdpEndpoint.Address free() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(0)) {
            return new UdpEndpoint.Address(ip("127.0.0.1"), socket.getLocalPort());
        }
    }

    private Node node(String own, String inner, String peer, String behind, UdpEndpoint socket) {
        Network network = new Network();
        Random random = new Random(7);
        Host host = new Host(own, network, Clock.systemUTC(), random, Identifiers.random(random));
        Link link = network.link("udp", 65_535);
        NetworkInterface port = host.attach("udp", link, List.of(net(own + "/24"), net(inner + "/32")));
        host.route(net(behind), ip(peer), Optional.of(ip(inner)));
        host.encapsulate(UdpDevice.PORT, Encap.ESPINUDP);
        UdpDevice device =
                new UdpDevice(ip(own), ip(peer), socket.channel()::send, packet -> network.deliver(port, packet));
        link.attach(device);
        addStates(host, own, peer);
        DeviceLoop loop = new DeviceLoop(
                network,
                List.of(new DeviceLoop.Member(device, socket.channel())),
                () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()),
                reports::add);
        Thread thread = new Thread(() -> {
            try (loop) {
                loop.run();
            } catch (StackOverflowError e) {
                reports.add(String.valueOf(e.getMessage()));
            }
        });
        thread.setDaemon(true);
        thread.start();
        return new Node(network, host, loop, thread);
    }

    private static void addStates(Host host, String own, String peer) {
        boolean first = own.endsWith("1");
        addDirection(host, own, peer, first ? 0x111 : 0x222, Direction.OUT, first ? "10.1.0.1" : "10.2.0.1");
        addDirection(host, peer, own, first ? 0x222 : 0x111, Direction.IN, first ? "10.2.0.1" : "10.1.0.1");
    }

    private static void addDirection(Host host, String from, String to, int spi, Direction direction, String inner) {
        Encap encap = new Encap(Encap.ESPINUDP, 4500, 4500, ip("0.0.0.0"));
        host.namespace()
                .states()
                .insert(esp(from, to, spi, Mode.TUNNEL)
                        .algorithms(ALGORITHMS)
                        .options(StateOptions.NONE.withNatTraversal(NatTraversal.of(encap)))
                        .build());
        host.namespace()
                .policies()
                .insert(policy(direction, inner, inner.equals("10.1.0.1") ? "10.2.0.1" : "10.1.0.1")
                        .templates(List.of(tunnel(from, to, IpProtocol.ESP, Level.REQUIRED)))
                        .build());
    }
}
