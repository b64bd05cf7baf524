package org.xfrmctl.cli.lab.namespace;

import java.util.ArrayList;
import java.util.List;
import org.xfrmctl.cli.lab.LabHostSpec;
import org.xfrmctl.cli.lab.LabInterfaceSpec;
import org.xfrmctl.cli.lab.LabLinkSpec;
import org.xfrmctl.cli.lab.LabRouteSpec;
import org.xfrmctl.cli.lab.LabTopology;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpPrefix;

/**
 * What a topology looks like in namespaces, as the input of {@code ip -batch}: decides everything and runs nothing. Two
 * hosts on a link are joined by a veth pair; any other number is joined by a bridge in a namespace of its own.
 */
record NamespaceNetwork(LabTopology topology, String prefix) {
    /** The bridge's name in a link's own namespace. */
    static final String BRIDGE = "bridge";

    private static final int IPV6_MINIMUM_MTU = 1280;

    String namespaceOf(LabHostSpec host) {
        return prefix + "-" + host.name();
    }

    /** A host's namespace never has this name, since host names hold no {@code @}. */
    String namespaceOf(LabLinkSpec link) {
        return prefix + "-@" + link.name();
    }

    boolean isBridged(LabLinkSpec link) {
        return topology.hostsOn(link.name()).size() != 2;
    }

    List<LabLinkSpec> bridgedLinks() {
        return topology.links().stream().filter(this::isBridged).toList();
    }

    /** Where everything that crosses a link is seen exactly once. */
    TapPoint tap(LabLinkSpec link) {
        return isBridged(link)
                ? new TapPoint(namespaceOf(link), BRIDGE)
                : new TapPoint(namespaceOf(topology.hostsOn(link.name()).get(0)), link.name());
    }

    /** An interface in a namespace. */
    record TapPoint(String namespace, String device) {}

    /** Makes the links; each interface appears in its host's namespace at once and never in the machine's own. */
    String linkBatch() {
        StringBuilder batch = new StringBuilder();
        for (LabLinkSpec link : topology.links()) {
            List<LabHostSpec> hosts = topology.hostsOn(link.name());
            if (isBridged(link)) {
                for (int i = 0; i < hosts.size(); i++) {
                    appendPair(
                            batch, link.mtu(), "port" + i, namespaceOf(link), link.name(), namespaceOf(hosts.get(i)));
                }
            } else {
                appendPair(
                        batch,
                        link.mtu(),
                        link.name(),
                        namespaceOf(hosts.get(0)),
                        link.name(),
                        namespaceOf(hosts.get(1)));
            }
        }
        return batch.toString();
    }

    private static void appendPair(
            StringBuilder batch, int mtu, String device, String namespace, String peer, String peerNamespace) {
        batch.append("link add name %s mtu %d netns %s type veth peer name %s mtu %d netns %s%n"
                .formatted(device, mtu, namespace, peer, mtu, peerNamespace));
    }

    /** Makes the switch of a link from the ports that {@link #linkBatch()} left in its namespace. */
    String bridgeBatch(LabLinkSpec link) {
        StringBuilder batch = new StringBuilder();
        // Multicast snooping would hold back neighbour solicitations until it has seen reports.
        batch.append("link add name %s type bridge stp_state 0 forward_delay 0 mcast_snooping 0%n".formatted(BRIDGE));
        batch.append("link set %s mtu %d up%n".formatted(BRIDGE, link.mtu()));
        for (int i = 0; i < topology.hostsOn(link.name()).size(); i++) {
            batch.append("link set port%d master %s%n".formatted(i, BRIDGE));
            batch.append("link set port%d up%n".formatted(i));
        }
        return batch.toString();
    }

    /** Brings a host's interfaces up with their addresses. */
    String addressBatch(LabHostSpec host) {
        StringBuilder batch = new StringBuilder("link set lo up%n".formatted());
        int number = topology.hosts().indexOf(host) + 1;
        for (LabInterfaceSpec each : host.interfaces()) {
            batch.append("link set %s up%n".formatted(each.link()));
            if (mtu(each.link()) >= IPV6_MINIMUM_MTU) {
                // A router asks for its neighbours from its link-local address (net/ipv6/ndisc.c, ndisc_send_ns()), so
                // there must be one. This one is the same in every run.
                batch.append("addr add fe80::%x/64 dev %s nodad%n".formatted(number, each.link()));
            }
            for (IpPrefix address : each.addresses()) {
                batch.append("addr add %s dev %s%s%n".formatted(address, each.link(), nodad(address)));
            }
        }
        return batch.toString();
    }

    String routeBatch(LabHostSpec host) {
        List<String> lines = new ArrayList<>();
        for (LabRouteSpec route : host.routes()) {
            lines.add("route add %s via %s%n".formatted(route.destination(), route.via()));
        }
        return String.join("", lines);
    }

    private int mtu(String link) {
        return topology.links().stream()
                .filter(each -> each.name().equals(link))
                .findFirst()
                .orElseThrow()
                .mtu();
    }

    private static String nodad(IpPrefix address) {
        return address.family() == Family.INET6 ? " nodad" : "";
    }
}
