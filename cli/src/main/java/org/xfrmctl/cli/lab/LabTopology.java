package org.xfrmctl.cli.lab;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xfrmctl.model.IpAddress;

/**
 * What a lab consists of before any step runs: hosts, and the links that join them. Both backends build the same network
 * from it. Names are unique, and every interface is on a link that exists; a link may have any number of interfaces.
 */
public record LabTopology(List<LabHostSpec> hosts, List<LabLinkSpec> links) {

    public LabTopology {
        hosts = List.copyOf(hosts);
        links = List.copyOf(links);
        Set<String> linkNames = new HashSet<>();
        for (LabLinkSpec link : links) {
            require(linkNames.add(link.name()), "two links are named " + link.name());
        }
        Set<String> hostNames = new HashSet<>();
        for (LabHostSpec host : hosts) {
            require(hostNames.add(host.name()), "two hosts are named " + host.name());
            for (LabInterfaceSpec each : host.interfaces()) {
                require(linkNames.contains(each.link()), host.name() + " is on a link " + each.link() + " that is not");
            }
        }
    }

    /** The hosts with an interface on that link, in the order of the lab. */
    public List<LabHostSpec> hostsOn(String link) {
        return hosts.stream().filter(host -> host.isOn(link)).toList();
    }

    /** The host that has an address. */
    public Optional<LabHostSpec> owner(IpAddress address) {
        return hosts.stream().filter(host -> host.owns(address)).findFirst();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
