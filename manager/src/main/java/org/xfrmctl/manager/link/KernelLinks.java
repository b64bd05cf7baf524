package org.xfrmctl.manager.link;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.definition.LogicalInterface;
import org.xfrmctl.netlink.route.Hop;
import org.xfrmctl.netlink.route.Link;
import org.xfrmctl.netlink.route.LinkAddress;
import org.xfrmctl.netlink.route.NewLink;
import org.xfrmctl.netlink.route.Route;
import org.xfrmctl.netlink.route.RouteClient;
import org.xfrmctl.netlink.route.RouteTable;

/** The links of a kernel that speaks NETLINK_ROUTE. */
public final class KernelLinks implements LinkTables {
    /** What is written on a link of ours ({@code ip -d link} shows it). */
    public static final String ALIAS = "xfrmctl";

    /**
     * Who made a route or gave an address of ours ({@code ip route} shows it as {@code proto 88}, {@code ip address} as {@code
     * proto 0x58}): no other program's number.
     */
    public static final int PROTOCOL = 0x58;

    private final RouteClient client;

    public KernelLinks(RouteClient client) {
        this.client = client;
    }

    @Override
    public List<HeldLink> listLinks() {
        return held(client.listLinks(), Map.of(), List.of());
    }

    @Override
    public List<HeldLink> list() {
        List<Link> links = client.listLinks();
        Map<Integer, List<LinkAddress>> addresses =
                client.listAddresses().stream().collect(Collectors.groupingBy(LinkAddress::link));
        List<Route> routes = client.listRoutes(Family.UNSPEC, RouteTable.MAIN).stream()
                .filter(route -> route.kind().protocol() == PROTOCOL
                        && route.key().metric() == metric(route.key().family()))
                .toList();
        return held(links, addresses, routes);
    }

    private static List<HeldLink> held(
            List<Link> links, Map<Integer, List<LinkAddress>> addresses, List<Route> routes) {
        Map<Integer, String> names = links.stream().collect(Collectors.toMap(Link::index, Link::name));
        return links.stream()
                .map(link -> held(
                        link,
                        lower -> Optional.ofNullable(names.get(lower)),
                        addresses.getOrDefault(link.index(), List.of()),
                        routes))
                .toList();
    }

    private static HeldLink held(
            Link link, Function<Integer, Optional<String>> names, List<LinkAddress> addresses, List<Route> routes) {
        return new HeldLink(
                link.name(),
                kind(link, names),
                kind(link, names)
                        .map(Object::toString)
                        .orElseGet(() ->
                                link.kind().name().map(type -> "type " + type).orElse("a device")),
                mark(link.alias()),
                link.flags().isUp(),
                link.mtu(),
                addresses.stream()
                        .map(address -> new HeldAddress(address.prefix(), address.protocol() == PROTOCOL))
                        .toList(),
                routes.stream()
                        .filter(route ->
                                route.hops().stream().anyMatch(hop -> hop.link().equals(OptionalInt.of(link.index()))))
                        .map(route -> route.key().destination())
                        .toList());
    }

    private static HeldLink.Mark mark(String alias) {
        return alias.equals(ALIAS) ? HeldLink.Mark.OURS : alias.isEmpty() ? HeldLink.Mark.NONE : HeldLink.Mark.OTHERS;
    }

    private static Optional<LogicalInterface.Kind> kind(Link link, Function<Integer, Optional<String>> names) {
        if (link.kind() instanceof Link.Kind.Xfrm xfrm && !xfrm.collectsMetadata()) {
            Optional<String> lower = link.relations().lower().isPresent()
                    ? names.apply(link.relations().lower().getAsInt())
                    : Optional.empty();
            return Optional.of(new LogicalInterface.Kind.Xfrm(xfrm.ifId(), lower));
        }
        if (link.kind() instanceof Link.Kind.Tunnel tunnel) {
            return Optional.of(kind(tunnel));
        }
        return Optional.empty();
    }

    /** A tunnel in a definition's words. */
    public static LogicalInterface.Kind kind(Link.Kind.Tunnel tunnel) {
        return new LogicalInterface.Kind.Tunnel(
                LogicalInterface.Wrapping.valueOf(tunnel.wrapping().name()),
                tunnel.local(),
                tunnel.remote(),
                tunnel.key(),
                tunnel.ttl());
    }

    /** A tunnel in a kernel's words. */
    public static Link.Kind.Tunnel kind(LogicalInterface.Kind.Tunnel tunnel) {
        return new Link.Kind.Tunnel(
                Link.Wrapping.valueOf(tunnel.wrapping().name()),
                tunnel.local(),
                tunnel.remote(),
                tunnel.key(),
                tunnel.ttl());
    }

    @Override
    public void add(String name, LogicalInterface.Kind kind) {
        client.addLink(link(name, kind));
        try {
            // With the link itself the kernel takes no alias (net/core/rtnetlink.c, rtnl_create_link()).
            claim(name);
        } catch (RuntimeException e) {
            // Unmarked it would be nobody's.
            client.deleteLink(index(name));
            throw e;
        }
    }

    private NewLink link(String name, LogicalInterface.Kind kind) {
        if (kind instanceof LogicalInterface.Kind.Xfrm xfrm) {
            OptionalInt lower =
                    xfrm.lower().isPresent() ? OptionalInt.of(index(xfrm.lower().get())) : OptionalInt.empty();
            return new NewLink.Xfrm(name, xfrm.ifId(), lower);
        }
        if (kind instanceof LogicalInterface.Kind.Tunnel tunnel) {
            return new NewLink.Tunnel(name, kind(tunnel));
        }
        throw new AssertionError(kind);
    }

    private int index(String name) {
        return client.findLink(name)
                .orElseThrow(
                        () -> new IllegalStateException("interface " + name + " has gone meanwhile; run this again"))
                .index();
    }

    @Override
    public void claim(String name) {
        client.setAlias(index(name), ALIAS);
    }

    @Override
    public void remove(String name) {
        client.deleteLink(index(name));
    }

    @Override
    public void bringUp(String name) {
        client.setUp(index(name));
    }

    @Override
    public void setMtu(String name, int mtu) {
        client.setMtu(index(name), mtu);
    }

    @Override
    public void addAddress(String name, HeldAddress address) {
        LinkAddress added = LinkAddress.of(index(name), address.prefix()).withProtocol(address.isOurs() ? PROTOCOL : 0);
        client.addAddress(address.prefix().family() == Family.INET6 ? added.withoutDad() : added);
    }

    @Override
    public void removeAddress(String name, IpPrefix address) {
        client.deleteAddress(LinkAddress.of(index(name), address));
    }

    @Override
    public void addRoute(String name, IpPrefix destination) {
        client.addRoute(route(name, destination));
    }

    @Override
    public void removeRoute(String name, IpPrefix destination) {
        client.deleteRoute(route(name, destination));
    }

    @Override
    public void moveRoute(IpPrefix destination, String from, String to) {
        client.replaceRoute(route(to, destination));
    }

    private Route route(String name, IpPrefix destination) {
        return Route.through(destination, Hop.on(index(name)))
                .withProtocol(PROTOCOL)
                .withMetric(metric(destination.family()));
    }

    /** The least but for what children need of their own: IPv6 takes 1024 for none, and would prefer about any other route. */
    static int metric(Family family) {
        return family == Family.INET6 ? 2 : 0;
    }
}
