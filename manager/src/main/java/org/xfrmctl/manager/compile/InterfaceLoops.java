package org.xfrmctl.manager.compile;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.definition.Definition;
import org.xfrmctl.model.definition.LogicalInterface;

/**
 * Interfaces whose routes may lead what they send into themselves. Only the host knows its other routes, so that it is a
 * warning: a default route by a tunnel is sound where a nearer one leads to the other gateway.
 */
final class InterfaceLoops {
    private InterfaceLoops() {}

    static List<String> warnings(Definition definition) {
        return definition.interfaces().stream()
                .flatMap(each ->
                        remotes(each, definition).distinct().flatMap(remote -> loop(each, remote, definition).stream()))
                .toList();
    }

    /** Where packets of an interface go at last. */
    private static Stream<IpAddress> remotes(LogicalInterface each, Definition definition) {
        return each.kind() instanceof LogicalInterface.Kind.Tunnel tunnel
                ? Stream.of(tunnel.remote())
                : definition
                        .children()
                        .filter(child ->
                                definition.interfacesOf(Set.of(child.name())).contains(each))
                        .map(child -> child.endpoints().remote());
    }

    private static Optional<String> loop(LogicalInterface each, IpAddress remote, Definition definition) {
        Optional<IpPrefix> nearest = definition.interfaces().stream()
                .flatMap(other -> other.routes().stream())
                .filter(route -> route.contains(remote))
                .max(Comparator.comparing(IpPrefix::length));
        return nearest.filter(each.routes()::contains)
                .map(route -> "interface " + each.name() + ": its route to " + route + " holds " + remote
                        + ", to which it sends itself: without a nearer route to that (\"ip route get " + remote
                        + "\" tells) nothing is sent");
    }
}
