package org.xfrmctl.model.definition;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mode;

/** All that one file, or several read together, define. Names are unique: the reader refuses duplicates. */
public record Definition(
        List<Connection> connections, Map<String, SecretSource> secrets, List<LogicalInterface> interfaces) {
    /** Without interfaces. */
    public Definition(List<Connection> connections, Map<String, SecretSource> secrets) {
        this(connections, secrets, List.of());
    }

    public Definition {
        interfaces = List.copyOf(interfaces);
        connections = List.copyOf(connections);
        secrets = Map.copyOf(secrets);
    }

    /** Every child of every connection, in the order of the file. */
    public Stream<Child> children() {
        return connections.stream().flatMap(connection -> connection.children().stream());
    }

    /**
     * The interfaces that children use: those with their if_ids, and those that wrap what passes between the gateways where a
     * child in transport mode protects what comes out. One that protects nothing but ssh between them does not.
     */
    public List<LogicalInterface> interfacesOf(Set<ChildName> chosen) {
        return interfaces.stream()
                .filter(each -> children().anyMatch(child -> chosen.contains(child.name()) && uses(child, each.kind())))
                .toList();
    }

    private static boolean uses(Child child, LogicalInterface.Kind kind) {
        if (kind instanceof LogicalInterface.Kind.Tunnel tunnel) {
            return child.traffic().mode().equals(Mode.TRANSPORT)
                    && child.endpoints().local().equals(tunnel.local())
                    && child.endpoints().remote().equals(tunnel.remote())
                    && covers(child.traffic().local(), tunnel.wrapping())
                    && covers(child.traffic().remote(), tunnel.wrapping());
        }
        Marks marks = child.policy().marks();
        return kind instanceof LogicalInterface.Kind.Xfrm xfrm
                && (xfrm.ifId().equals(marks.ifIdIn()) || xfrm.ifId().equals(marks.ifIdOut()));
    }

    /** In transport mode the selectors hold both gateways: the reader sees to it. */
    private static boolean covers(List<TrafficSelector> selectors, LogicalInterface.Wrapping wrapping) {
        IpProtocol outer = wrapping == LogicalInterface.Wrapping.GRE ? IpProtocol.GRE : IpProtocol.IPIP;
        return selectors.stream()
                .anyMatch(each -> List.of(outer, IpProtocol.ANY).contains(each.proto())
                        && each.port().mask() == 0);
    }

    /** An interface by its name. */
    public Optional<LogicalInterface> interfaceOf(String name) {
        return interfaces.stream().filter(each -> each.name().equals(name)).findFirst();
    }
}
