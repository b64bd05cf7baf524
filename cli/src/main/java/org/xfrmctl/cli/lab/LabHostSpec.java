package org.xfrmctl.cli.lab;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.xfrmctl.model.IpAddress;

/**
 * One host of a lab as it is to be built. It has at most one interface on a link, so the link's name also names the
 * interface.
 *
 * @param forwarding whether packets for others pass, for IPv4 and IPv6
 * @param silent whether it sends nothing of its own, and so no ICMP errors either: a router behind a filter
 * @param filters which ICMP errors it stops: a firewall whose owner took ICMP for an evil
 */
public record LabHostSpec(
        String name,
        boolean forwarding,
        boolean silent,
        Filters filters,
        List<LabInterfaceSpec> interfaces,
        List<LabRouteSpec> routes) {

    /** Whose ICMP errors a host stops. */
    public enum Filters {
        NO,
        /** Those of others, which would pass it. */
        YES,
        /** Also those that it would send itself. */
        ALL
    }

    /** A host that speaks, and lets others speak. */
    public LabHostSpec(String name, boolean forwarding, List<LabInterfaceSpec> interfaces, List<LabRouteSpec> routes) {
        this(name, forwarding, false, Filters.NO, interfaces, routes);
    }

    public LabHostSpec {
        if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}")) {
            throw new IllegalArgumentException("\"" + name + "\" cannot name a host");
        }
        interfaces = List.copyOf(interfaces);
        routes = List.copyOf(routes);
        Set<String> links = new HashSet<>();
        for (LabInterfaceSpec each : interfaces) {
            if (!links.add(each.link())) {
                throw new IllegalArgumentException(name + " is on link " + each.link() + " twice");
            }
        }
    }

    boolean owns(IpAddress address) {
        return interfaces.stream()
                .flatMap(each -> each.addresses().stream())
                .anyMatch(prefix -> prefix.address().equals(address));
    }

    boolean isOn(String link) {
        return interfaces.stream().anyMatch(each -> each.link().equals(link));
    }
}
