package org.xfrmctl.cli.lab;

import java.util.List;
import org.xfrmctl.model.IpPrefix;

/**
 * A host's end of a link.
 *
 * @param addresses the host's own addresses with the prefix length of the network on the link: {@code 10.1.0.1/16}
 */
public record LabInterfaceSpec(String link, List<IpPrefix> addresses) {
    public LabInterfaceSpec {
        addresses = List.copyOf(addresses);
    }
}
