package org.xfrmctl.cli.lab.namespace;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xfrmctl.cli.lab.LabHost;
import org.xfrmctl.cli.lab.LabHostSpec;
import org.xfrmctl.cli.lab.LabTopology;
import org.xfrmctl.cli.lab.Laboratory;
import org.xfrmctl.datapath.host.EchoOptions;
import org.xfrmctl.datapath.host.PingOutcome;
import org.xfrmctl.datapath.host.TransferOptions;
import org.xfrmctl.datapath.host.TransferOutcome;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.netlink.sys.NetworkNamespace;

/**
 * A lab whose hosts are network namespaces of the running kernel. Their names start with a prefix that no other lab has,
 * so labs can run side by side. Every link is a bridge in one more namespace, the switch. Not for use by several threads at once.
 */
public final class NamespaceLaboratory implements Laboratory {
    private static final Duration CARRIER_LIMIT = Duration.ofSeconds(10);

    private final NamespaceNetwork network;
    private final Map<String, NamespaceHost> hosts = new LinkedHashMap<>();

    /** What closing must undo, newest first. */
    private final Deque<Runnable> undo = new ArrayDeque<>();

    private NamespaceLaboratory(NamespaceNetwork network) {
        this.network = network;
    }

    /**
     * Builds the network. When this returns every link carries packets; when it throws nothing is left behind.
     *
     * @throws CommandFailure if a command is missing or not permitted
     */
    public static NamespaceLaboratory open(LabTopology topology) {
        String prefix = "xfrmctl-" + UUID.randomUUID().toString().substring(0, 8);
        NamespaceLaboratory lab = new NamespaceLaboratory(new NamespaceNetwork(topology, prefix));
        try {
            lab.build();
            return lab;
        } catch (RuntimeException e) {
            try {
                lab.close();
            } catch (RuntimeException atClose) {
                e.addSuppressed(atClose);
            }
            throw e;
        }
    }

    private void build() {
        Map<String, NamespaceSettings> namespaces = new LinkedHashMap<>();
        for (LabHostSpec host : network.topology().hosts()) {
            String namespace = network.namespaceOf(host);
            namespaces.put(namespace, NamespaceSettings.ofHost(host.forwarding()));
            hosts.put(host.name(), new NamespaceHost(namespace));
        }
        namespaces.put(network.switchNamespace(), NamespaceSettings.ofSwitch());
        addNamespaces(namespaces);
        Command.of("ip", "-batch", "-").run(network.cableBatch());
        batch(network.switchNamespace(), network.switchBatch());
        network.topology().hosts().forEach(host -> batch(network.namespaceOf(host), network.hostBatch(host)));
        network.topology().hosts().stream().filter(LabHostSpec::silent).forEach(this::silence);
        network.topology().hosts().forEach(host -> awaitCarrier(network.namespaceOf(host)));
        awaitCarrier(network.switchNamespace());
    }

    /** What starts here is routed as if it came in through lo; neighbour discovery is not routed. */
    private void silence(LabHostSpec host) {
        for (String family : NamespaceNetwork.families(host)) {
            // A batch has one family only.
            String namespace = network.namespaceOf(host);
            Command.in(namespace, "ip", family, "rule", "add", "pref", "1", "iif", "lo", "blackhole")
                    .run();
        }
    }

    private void addNamespaces(Map<String, NamespaceSettings> namespaces) {
        // Before the command: when that is interrupted nobody knows how far it came.
        undo.push(() -> delete(List.copyOf(namespaces.keySet())));
        Command.of("ip", "-batch", "-").run(lines("netns add ", namespaces.keySet().stream()));
        namespaces.forEach((name, settings) -> NetworkNamespace.named(name).call(() -> {
            settings.write();
            return settings;
        }));
    }

    /** All of them, also if one resists. */
    private static void delete(List<String> namespaces) {
        Stream<String> there = namespaces.stream().filter(each -> Files.exists(Path.of("/run/netns", each)));
        Command.of("ip", "-force", "-batch", "-").run(lines("netns delete ", there));
    }

    private static String lines(String command, Stream<String> names) {
        return names.map(name -> command + name + "\n").collect(Collectors.joining());
    }

    private static void batch(String namespace, String lines) {
        Command.in(namespace, "ip", "-batch", "-").run(lines);
    }

    /**
     * Waits for the kernel's link watch. The end of a veth pair that came up first drops what is sent until then
     * (net/core/link_watch.c, linkwatch_do_dev(), puts the working queue in place), which is within a second at most.
     */
    private static void awaitCarrier(String namespace) {
        long start = System.nanoTime();
        List<String> waiting = notReady(namespace);
        while (!waiting.isEmpty()) {
            if (System.nanoTime() - start > CARRIER_LIMIT.toNanos()) {
                throw new IllegalStateException("no carrier after " + CARRIER_LIMIT.toSeconds() + " s in " + namespace
                        + ":\n" + String.join("\n", waiting));
            }
            waiting = notReady(namespace);
        }
    }

    /** The veth ends that cannot carry packets yet; one in a bridge must also be in its forwarding state. */
    private static List<String> notReady(String namespace) {
        return Command.in(namespace, "ip", "-oneline", "-details", "link", "show", "type", "veth")
                .run()
                .lines()
                .filter(line -> !line.contains(" state UP ")
                        || (line.contains(" bridge_slave ") && !line.contains(" state forwarding ")))
                .toList();
    }

    @Override
    public LabHost host(String name) {
        return namespaceHost(name);
    }

    @Override
    public PingOutcome echo(String from, EchoOptions request) {
        return SocketEcho.run(sockets(from, request.destination()), owner(request.destination()), request);
    }

    @Override
    public TransferOutcome transfer(String from, TransferOptions request) {
        return SocketTransfer.run(sockets(from, request.destination()), owner(request.destination()), request);
    }

    private NamespaceSockets sockets(String host, IpAddress like) {
        return NamespaceSockets.of(namespaceOf(host), like);
    }

    private NamespaceSockets owner(IpAddress address) {
        return network.topology()
                .owner(address)
                .map(host -> sockets(host.name(), address))
                .orElseThrow(() -> new IllegalArgumentException("the lab has no host with " + address));
    }

    /** The network namespace that is this host, for {@code ip netns exec}. */
    public String namespaceOf(String host) {
        return namespaceHost(host).namespace();
    }

    private NamespaceHost namespaceHost(String name) {
        NamespaceHost host = hosts.get(name);
        if (host == null) {
            throw new IllegalArgumentException("the lab has no host " + name);
        }
        return host;
    }

    @Override
    public Capture capture(String link, Path pcap) {
        String bridge = network.bridgeOf(network.link(link));
        TcpdumpCapture capture = TcpdumpCapture.start(network.switchNamespace(), bridge, pcap);
        undo.push(capture::close);
        return capture;
    }

    /** As {@link #capture}, of the beginning of each packet only, but of every one however many there are. */
    public Capture captureHeaders(String link, Path pcap) {
        String bridge = network.bridgeOf(network.link(link));
        TcpdumpCapture capture = TcpdumpCapture.startHeaders(network.switchNamespace(), bridge, pcap);
        undo.push(capture::close);
        return capture;
    }

    /** Ends captures and removes the namespaces, all of them also if one resists. */
    @Override
    public void close() {
        // Commands cannot be waited for by an interrupted thread, and these are what the interruption asks for.
        boolean interrupted = Thread.interrupted();
        List<RuntimeException> failures = new ArrayList<>();
        while (!undo.isEmpty()) {
            try {
                undo.pop().run();
            } catch (RuntimeException e) {
                failures.add(e);
            }
        }
        hosts.clear();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!failures.isEmpty()) {
            RuntimeException first = failures.get(0);
            failures.stream().skip(1).forEach(first::addSuppressed);
            throw first;
        }
    }
}
