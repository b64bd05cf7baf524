package org.xfrmctl.it.docker;

import com.github.dockerjava.api.DockerClient;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.utility.DockerImageName;
import org.xfrmctl.cli.lab.LabHostSpec;
import org.xfrmctl.cli.lab.LabTopology;

/**
 * Containers that are a lab's hosts, on networks that are its links. They can be wired anew for the next lab, which takes
 * less time than other containers would.
 *
 * <p>Everything has this lab's label, and is removed when it is closed, or when opening it fails. Not for use by several
 * threads at once.
 */
final class ContainerLaboratory implements AutoCloseable {
    /** What says of a container or network that it belongs to a lab, and to which. */
    static final String LABEL = "org.xfrmctl.it.lab";

    /** The widest of all links; interfaces may be narrower. */
    private static final int MTU = 9000;

    private final String name = "xfrmctl-" + UUID.randomUUID().toString().substring(0, 8);
    private final Images images;
    private final Map<String, String> networks = new LinkedHashMap<>();
    private final Map<String, ContainerHost> hosts = new LinkedHashMap<>();
    /** The containers that play hosts of other names, by these. */
    private final Map<String, String> players = new HashMap<>();

    private final Map<String, Gateway> gateways = new LinkedHashMap<>();

    /** What closing must undo, newest first. */
    private final Deque<AutoCloseable> undo = new ArrayDeque<>();

    /** The shipped image and the one with tools. */
    record Images(String shipped, String tools) {}

    private ContainerLaboratory(Images images) {
        this.images = images;
    }

    /** Makes a network for each link and a container for each host; {@code links} says which links a host is on. */
    static ContainerLaboratory open(Images images, Map<String, List<String>> links) {
        ContainerLaboratory laboratory = new ContainerLaboratory(images);
        try {
            links.values().stream().flatMap(List::stream).distinct().forEach(laboratory::addNetwork);
            links.forEach(laboratory::addHost);
            return laboratory;
        } catch (RuntimeException e) {
            try {
                laboratory.close();
            } catch (IllegalStateException atClose) {
                e.addSuppressed(atClose);
            }
            throw e;
        }
    }

    /** The value of the label. */
    String name() {
        return name;
    }

    private void addNetwork(String link) {
        tell("network " + link);
        Network network = Network.builder()
                .driver("bridge")
                .createNetworkCmdModifier(create -> create.withName(name + "-" + link)
                        .withLabels(Map.of(LABEL, name))
                        .withOptions(Map.of(
                                "com.docker.network.driver.mtu",
                                Integer.toString(MTU),
                                // What comes out of a tunnel has an address of another network.
                                "com.docker.network.bridge.enable_ip_masquerade",
                                "false")))
                .build();
        undo.push(network);
        networks.put(link, network.getId());
    }

    private void addHost(String host, List<String> links) {
        tell("container " + host + " on " + String.join(", ", links));
        GenericContainer<?> container = container(images.tools(), host)
                .withCommand("sleep", "infinity")
                .withPrivilegedMode(true)
                .withNetworkMode(name + "-" + links.get(0));
        undo.push(container);
        container.start();
        DockerClient client = container.getDockerClient();
        for (String link : links.subList(1, links.size())) {
            client.connectToNetworkCmd()
                    .withNetworkId(Optional.ofNullable(networks.get(link)).orElseThrow())
                    .withContainerId(container.getContainerId())
                    .exec();
        }
        hosts.put(host, new ContainerHost(host, container));
    }

    private GenericContainer<?> container(String image, String role) {
        return new GenericContainer<>(DockerImageName.parse(image))
                .withLabel(LABEL, name)
                .withCreateContainerCmdModifier(create -> create.withName(name + "-" + role));
    }

    /** The container of that name, or the one that plays the lab's host of that name. */
    ContainerHost host(String host) {
        return Optional.ofNullable(hosts.get(players.getOrDefault(host, host)))
                .orElseThrow(() -> new IllegalArgumentException(
                        "no container is called " + host + "; there are " + String.join(", ", hosts.keySet())));
    }

    /**
     * Gives each container the interfaces, addresses and routes of a lab's host of its name, as if nothing had been before:
     * no state, no policy, no xfrmctl. A host of another name is played by a container that would have nothing to do.
     */
    void wire(LabTopology topology) {
        gateways.values().forEach(Gateway::close);
        gateways.clear();
        players.clear();
        Deque<String> idle = new ArrayDeque<>(hosts.keySet());
        topology.hosts().forEach(host -> idle.remove(host.name()));
        for (LabHostSpec host : topology.hosts()) {
            if (!hosts.containsKey(host.name())) {
                players.put(
                        host.name(),
                        Optional.ofNullable(idle.poll())
                                .orElseThrow(() -> new IllegalArgumentException("the lab has more hosts than there are"
                                        + " containers, which are " + String.join(", ", hosts.keySet()))));
            }
        }
        hosts.keySet().forEach(name -> wire(topology, name, "ip xfrm policy flush && ip xfrm state flush\n"));
    }

    /** As {@link #wire(LabTopology)} for one host, of which nothing is taken away. */
    void wire(LabTopology topology, String name) {
        wire(topology, name, "");
    }

    private void wire(LabTopology topology, String name, String first) {
        ContainerHost host = host(name);
        LabHostSpec spec = topology.hosts().stream()
                .filter(each -> host(each.name()).equals(host))
                .findFirst()
                .orElseGet(() -> new LabHostSpec(name, false, List.of(), List.of()));
        int number = 1 + List.copyOf(hosts.keySet()).indexOf(name);
        host.script(first + HostSetup.script(spec, topology, macs(host), number))
                .text();
    }

    /** As {@code docker restart}: the host gets a new network namespace, without anything that {@link #wire} gave it. */
    void restart(String name) {
        ContainerHost host = host(name);
        DockerClientFactory.lazyClient()
                .restartContainerCmd(host.id())
                .withTimeout(0)
                .exec();
    }

    private Map<String, String> macs(ContainerHost host) {
        Map<String, String> macs = new TreeMap<>();
        host.interfaces().forEach((network, mac) -> macs.put(network.substring(name.length() + 1), mac));
        return macs;
    }

    /** The xfrmctl of a host, which {@link #startGateway} has started. */
    Gateway gateway(String host) {
        return Optional.ofNullable(gateways.get(host))
                .orElseThrow(() -> new IllegalArgumentException("no xfrmctl runs on " + host));
    }

    /** Starts the watch of a host with these options, and with these files in /etc/xfrmctl.d. */
    Gateway startGateway(String host, Map<String, Path> files, String... options) {
        tell("xfrmctl watch on " + host);
        GenericContainer<?> container = container(images.shipped(), host + "-xfrmctl");
        undo.push(container);
        Gateway started = Gateway.start(container, host(host), files, List.of(options));
        gateways.put(host, started);
        return started;
    }

    /** Has xfrmctl do one thing on a host and end. */
    void once(String host, Map<String, Path> files, String command) {
        tell("xfrmctl " + command + " on " + host);
        try (GenericContainer<?> container = container(images.shipped(), host + "-once")) {
            Gateway.once(container, host(host), files, command);
        }
    }

    private void tell(String what) {
        System.out.println("containers: " + name + ": " + what);
    }

    /** Removes all, also if one resists; throws if anything is left. */
    @Override
    public void close() {
        tell("removing all of it");
        List<Exception> troubles = new ArrayList<>();
        while (!undo.isEmpty()) {
            try {
                undo.pop().close();
            } catch (Exception e) {
                troubles.add(e);
            }
        }
        gateways.clear();
        List<String> left = remains(name);
        if (!left.isEmpty() || !troubles.isEmpty()) {
            IllegalStateException failure = new IllegalStateException("left in the engine: " + left);
            troubles.forEach(failure::addSuppressed);
            throw failure;
        }
    }

    /** The containers and networks with the label of that lab. */
    static List<String> remains(String lab) {
        DockerClient client = DockerClientFactory.lazyClient();
        List<String> left = new ArrayList<>();
        client.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of(LABEL, lab))
                .exec()
                .forEach(each -> left.add("container " + each.getId()));
        client.listNetworksCmd()
                .withFilter("label", List.of(LABEL + "=" + lab))
                .exec()
                .forEach(each -> left.add("network " + each.getName()));
        return left;
    }
}
