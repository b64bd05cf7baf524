package org.xfrmctl.cli.lab.namespace;

import java.util.List;
import org.xfrmctl.cli.lab.LabHostSpec;
import org.xfrmctl.cli.lab.LabInterfaceSpec;
import org.xfrmctl.cli.lab.LabLinkSpec;
import org.xfrmctl.cli.lab.LabRouteSpec;
import org.xfrmctl.cli.lab.LabTopology;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpPrefix;

/**
 * What a topology looks like in namespaces, as the input of {@code ip -batch}: decides everything and runs nothing.
 *
 * <p>A link is a bridge in a namespace that belongs to no host, also where two hosts could share a veth pair: a capture
 * on a host's own interface would show each protected packet a second time in clear, since the kernel passes what came
 * out of a tunnel through the same interface again (net/xfrm/xfrm_input.c, xfrm_input(), gro_cells_receive()).
 */
record NamespaceNetwork(LabTopology topology, String prefix) {

    String namespaceOf(LabHostSpec host) {
        return prefix + "-" + host.name();
    }

    /** The namespace of the bridges. No host's is named so, since host names hold no {@code @}. */
    String switchNamespace() {
        return prefix + "-@switch";
    }

    /** The bridge that is this link, in the switch's namespace: everything that crosses the link is seen there once. */
    String bridgeOf(LabLinkSpec link) {
        return "link" + topology.links().indexOf(link);
    }

    private String portOf(LabLinkSpec link, LabHostSpec host) {
        return bridgeOf(link) + "h" + topology.hosts().indexOf(host);
    }

    /** Makes the cables; each end appears in its namespace at once and never in the machine's own. */
    String cableBatch() {
        StringBuilder batch = new StringBuilder();
        for (LabLinkSpec link : topology.links()) {
            for (LabHostSpec host : topology.hostsOn(link.name())) {
                line(
                        batch,
                        String.format(
                                "link add name %s mtu %d netns %s type veth peer name %s mtu %d netns %s",
                                portOf(link, host),
                                link.mtu(),
                                switchNamespace(),
                                link.name(),
                                link.mtu(),
                                namespaceOf(host)));
            }
        }
        return batch.toString();
    }

    /** Makes the bridges in the switch's namespace and plugs the cables in. */
    String switchBatch() {
        StringBuilder batch = new StringBuilder();
        for (LabLinkSpec link : topology.links()) {
            String bridge = bridgeOf(link);
            // Multicast snooping would hold back neighbour solicitations until it has seen reports.
            line(
                    batch,
                    String.format("link add name %s type bridge stp_state 0 forward_delay 0 mcast_snooping 0", bridge));
            line(batch, String.format("link set %s mtu %d up", bridge, link.mtu()));
            for (LabHostSpec host : topology.hostsOn(link.name())) {
                line(batch, String.format("link set %s master %s up", portOf(link, host), bridge));
            }
        }
        return batch.toString();
    }

    /** Brings a host's interfaces up, with addresses and routes. */
    String hostBatch(LabHostSpec host) {
        StringBuilder batch = new StringBuilder();
        line(batch, "link set lo up");
        int number = topology.hosts().indexOf(host) + 1;
        for (LabInterfaceSpec each : host.interfaces()) {
            line(batch, String.format("link set %s up", each.link()));
            if (each.addresses().stream().anyMatch(NamespaceNetwork::isIpv6)) {
                // A router asks for its neighbours from its link-local address (net/ipv6/ndisc.c, ndisc_send_ns()), so
                // there must be one. This one is the same in every run.
                line(batch, String.format("addr add fe80::%x/64 dev %s nodad", number, each.link()));
            }
            for (IpPrefix address : each.addresses()) {
                line(
                        batch,
                        String.format("addr add %s dev %s%s", address, each.link(), isIpv6(address) ? " nodad" : ""));
            }
        }
        for (LabRouteSpec route : host.routes()) {
            line(batch, String.format("route add %s via %s", route.destination(), route.via()));
        }
        return batch.toString();
    }

    /** The families that a host has addresses of, in the words of {@code ip}. */
    static List<String> families(LabHostSpec host) {
        return host.interfaces().stream()
                .flatMap(each -> each.addresses().stream())
                .map(address -> isIpv6(address) ? "-6" : "-4")
                .distinct()
                .toList();
    }

    /** The link of that name. */
    LabLinkSpec link(String name) {
        List<LabLinkSpec> found = topology.links().stream()
                .filter(each -> each.name().equals(name))
                .toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("the lab has no link " + name);
        }
        return found.get(0);
    }

    private static void line(StringBuilder batch, String line) {
        batch.append(line).append('\n');
    }

    private static boolean isIpv6(IpPrefix address) {
        return address.family() == Family.INET6;
    }
}
