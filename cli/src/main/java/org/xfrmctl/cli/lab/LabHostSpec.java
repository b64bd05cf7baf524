package org.xfrmctl.cli.lab;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One host of a lab as it is to be built. It has at most one interface on a link, so the link's name also names the
 * interface.
 *
 * @param forwarding whether packets for others pass, for IPv4 and IPv6
 */
public record LabHostSpec(
        String name, boolean forwarding, List<LabInterfaceSpec> interfaces, List<LabRouteSpec> routes) {

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

    boolean isOn(String link) {
        return interfaces.stream().anyMatch(each -> each.link().equals(link));
    }
}
