package org.xfrmctl.manager.route;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.definition.LogicalInterface;
import org.xfrmctl.model.definition.SizeOptions;

/**
 * A child, and where its packets go before they are protected.
 *
 * @param device the interface of the definition that protects its packets; empty if policies alone do
 * @param destinations the {@code remote_ts}; of a child with an interface, what is routed there. None is {@code 0.0.0.0/0}:
 *     see {@link #halves}
 */
public record RoutedChild(DesiredChild child, Optional<String> device, List<IpPrefix> destinations) {
    public RoutedChild {
        destinations = List.copyOf(destinations);
    }

    static RoutedChild of(DesiredChild child, Wanted wanted) {
        List<IpPrefix> selectors = child.policies(Direction.OUT).stream()
                .map(policy -> policy.selector().destination().network())
                .distinct()
                .toList();
        List<LogicalInterface> interfaces = wanted.interfaces(Set.of(child.name())).stream()
                .filter(each -> isOf(child, each))
                .toList();
        List<IpPrefix> through = interfaces.stream()
                .flatMap(each -> each.routes().stream())
                .filter(route -> selectors.stream().anyMatch(selector -> RouteMap.covers(selector, route)))
                .distinct()
                .toList();
        return new RoutedChild(
                child,
                interfaces.stream().map(LogicalInterface::name).findFirst(),
                (interfaces.isEmpty() ? selectors : through)
                        .stream().flatMap(RoutedChild::halves).distinct().toList());
    }

    /**
     * Of several IPv4 default routes with one metric the kernel takes another one at each lookup, unless it has just heard of the
     * gateway ({@code net/ipv4/fib_semantics.c, fib_select_default()}). So there two routes to a half each stand for one.
     */
    private static Stream<IpPrefix> halves(IpPrefix destination) {
        return destination.equals(IpPrefix.any(Family.INET))
                ? Stream.of(IpPrefix.parse("0.0.0.0/1"), IpPrefix.parse("128.0.0.0/1"))
                : Stream.of(destination);
    }

    private static boolean isOf(DesiredChild child, LogicalInterface each) {
        return each.kind() instanceof LogicalInterface.Kind.Xfrm xfrm
                && child.policies(Direction.OUT).stream()
                        .anyMatch(policy -> !policy.ifId().equals(IfId.NONE)
                                && policy.ifId().equals(xfrm.ifId()));
    }

    /** Whether routes decide what is protected, and the definition does not say which do. */
    boolean isBoundElsewhere() {
        return device.isEmpty()
                && child.policies(Direction.OUT).stream()
                        .anyMatch(policy -> !policy.ifId().equals(IfId.NONE));
    }

    /** Whether it asks for a route at all. */
    public boolean asks() {
        return !child.sizes().equals(SizeOptions.DEFAULT);
    }

    /** Those whom it sends its protected packets to. */
    Stream<IpPrefix> peers() {
        return child.outbound().stream()
                .map(state -> IpPrefix.host(state.id().destination()))
                .distinct();
    }

    /** Whether it may ask for a route there: to a peer only if that has to be kept out of another one. */
    boolean mayAskFor(IpPrefix destination) {
        return asks()
                && (destinations.contains(destination)
                        || (peers().anyMatch(destination::equals)
                                && destinations.stream().anyMatch(each -> RouteMap.covers(each, destination))));
    }
}
