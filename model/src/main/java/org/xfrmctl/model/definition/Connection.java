package org.xfrmctl.model.definition;

import java.util.List;
import org.xfrmctl.model.IpAddress;

/** A pair of gateways ({@code local_addrs}, {@code remote_addrs}: one address each) and the children between them. */
public record Connection(String name, Place place, IpAddress local, IpAddress remote, List<Child> children) {
    public Connection {
        children = List.copyOf(children);
    }
}
