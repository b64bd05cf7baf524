package org.xfrmctl.netlink.route;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.xfrmctl.model.Family;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.NetlinkTransport;
import org.xfrmctl.netlink.message.Answers;
import org.xfrmctl.netlink.message.Conversation;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.message.Request;
import org.xfrmctl.netlink.uapi.Rtgenmsg;

/**
 * Asks for links, addresses, routes and rules of the network namespace that the transport's socket is in, and changes
 * them. Every method waits for the kernel's answer and throws {@link NetlinkException} if that is a refusal. Not safe for
 * several threads.
 */
public final class RouteClient implements AutoCloseable {
    private final NetlinkTransport transport;
    private final Conversation conversation;
    private final Answers answers;

    /** Takes over the transport and closes it with itself. */
    public RouteClient(NetlinkTransport transport) {
        this.transport = transport;
        this.conversation = new Conversation(transport, new RouteDiagnosis());
        this.answers = new Answers(conversation);
    }

    public List<Link> listLinks() {
        return answers.list(RouteRequests.listLinks(), LinkCodec::decode);
    }

    public Optional<Link> findLink(String name) {
        return answers.find(RouteRequests.findLink(name), LinkCodec::decode, Errno.ENODEV);
    }

    public Optional<Link> findLink(int index) {
        return answers.find(RouteRequests.findLink(index), LinkCodec::decode, Errno.ENODEV);
    }

    /** If a link has its name, or an xfrm link its if_id (EEXIST), the refusal names that one. */
    public void addLink(NewLink link) {
        answers.add(RouteRequests.addLink(link), () -> inTheWay(link));
    }

    private Optional<Link> inTheWay(NewLink link) {
        return findLink(link.name())
                .or(() -> listLinks().stream()
                        .filter(present -> link.isRuledOutBy(present.kind()))
                        .findFirst());
    }

    /** Only links that were made can be deleted, not those of devices. */
    public void deleteLink(int index) {
        conversation.execute(RouteRequests.deleteLink(index));
    }

    public void setUp(int index) {
        conversation.execute(RouteRequests.setUp(index, true));
    }

    /** With it go its routes, and its IPv6 addresses. */
    public void setDown(int index) {
        conversation.execute(RouteRequests.setUp(index, false));
    }

    public void setMtu(int index, int mtu) {
        conversation.execute(RouteRequests.setMtu(index, mtu));
    }

    /** Writes on a link what it is for ({@code ip link set alias}). */
    public void setAlias(int index, String alias) {
        conversation.execute(RouteRequests.setAlias(index, alias));
    }

    /** Of all links and both families. */
    public List<LinkAddress> listAddresses() {
        return listAddresses(0);
    }

    /** Of one link. */
    public List<LinkAddress> listAddresses(int link) {
        return each(Family.UNSPEC)
                .flatMap(family ->
                        list(family, RouteRequests.listAddresses(family, link), AddressCodec::decode).stream())
                .filter(address -> link == 0 || address.link() == link)
                .toList();
    }

    /** If the link has it already (EEXIST), the refusal names it. */
    public void addAddress(LinkAddress address) {
        answers.add(
                RouteRequests.addAddress(address),
                () -> listAddresses(address.link()).stream()
                        .filter(address::isSameAs)
                        .findFirst());
    }

    public void deleteAddress(LinkAddress address) {
        conversation.execute(RouteRequests.deleteAddress(address));
    }

    /** Of all tables; {@link Family#UNSPEC} is both families. */
    public List<Route> listRoutes(Family family) {
        return listRoutes(family, RouteTable.NONE);
    }

    /** Of one table; none if there is no such table. */
    public List<Route> listRoutes(Family family, RouteTable table) {
        return each(family)
                .flatMap(each -> list(each, RouteRequests.listRoutes(each, table), RouteCodec::decode).stream())
                .filter(route ->
                        table.equals(RouteTable.NONE) || route.key().table().equals(table))
                .toList();
    }

    /** Of one table, and by one maker ({@link Route#STATIC}); the kernel itself leaves out the others, since 4.20. */
    public List<Route> listRoutes(Family family, RouteTable table, int protocol) {
        return each(family)
                .flatMap(each ->
                        list(each, RouteRequests.listRoutes(each, table, protocol), RouteCodec::decode).stream())
                .filter(route ->
                        route.key().table().equals(table) && route.kind().protocol() == protocol)
                .toList();
    }

    /** If a route has its key (EEXIST), the refusal names it. */
    public void addRoute(Route route) {
        answers.add(RouteRequests.addRoute(route), () -> inTheWay(route));
    }

    /**
     * As {@link #addRoute}, but IPv4 takes several routes with one key, of which the new one is met first. IPv6 takes one, or
     * several next hops, of which this is to be none.
     */
    public void addRouteBefore(Route route) {
        if (route.key().family() == Family.INET6) {
            addRoute(route);
        } else {
            conversation.execute(RouteRequests.addRouteBefore(route));
        }
    }

    private Optional<Route> inTheWay(Route route) {
        return listRoutes(route.key().family(), route.key().table()).stream()
                .filter(present -> route.key().isTakenBy(present.key()))
                .findFirst();
    }

    /** Replaces the route with this key in one step, or adds it. */
    public void replaceRoute(Route route) {
        conversation.execute(RouteRequests.replaceRoute(route));
    }

    /** Deletes the route that is like this one in all that this one says; metric 0 says nothing. */
    public void deleteRoute(Route route) {
        conversation.execute(RouteRequests.deleteRoute(route));
    }

    /**
     * The route that a packet of this host takes.
     *
     * @throws NetlinkException if it takes none: ENETUNREACH for want of one, EHOSTUNREACH, EACCES or EINVAL where a route
     *     or rule refuses it
     */
    public PacketRoute getRoute(RouteQuery query) {
        FoundRoute found = answers.need(RouteRequests.getRoute(query), RouteCodec::decodeFound);
        return (found.isAmbiguous()
                        ? found.beside(answers.need(RouteRequests.getTableRoute(query), RouteCodec::decode))
                        : found)
                .by(this::carrying);
    }

    private CarryingLink carrying(Route route) {
        int index = route.hops().stream()
                .mapToInt(hop -> hop.link().orElse(0))
                .findFirst()
                .orElse(0);
        return answers.need(
                RouteRequests.findLink(index),
                message -> new CarryingLink(LinkCodec.decode(message), LinkCodec.ipv6Mtu(message)));
    }

    /** In the order in which they are tried; {@link Family#UNSPEC} is both families. */
    public List<Rule> listRules(Family family) {
        return each(family)
                .flatMap(each -> list(each, RouteRequests.listRules(each), RuleCodec::decode).stream())
                .toList();
    }

    /** If there is one that says the same (EEXIST), the refusal names it. */
    public void addRule(Rule rule) {
        answers.add(
                RouteRequests.addRule(rule),
                () -> listRules(rule.family()).stream()
                        .filter(present -> present.priority() == rule.priority()
                                && present.match().equals(rule.match()))
                        .findFirst());
    }

    /**
     * Deletes the first rule with this priority that is like this one in all that this one says: another with the same
     * priority and more conditions may come first.
     */
    public void deleteRule(Rule rule) {
        conversation.execute(RouteRequests.deleteRule(rule));
    }

    /** Sends many requests in few datagrams; for each, what went wrong with it, empty if nothing did. */
    public List<Optional<NetlinkException>> executeAll(List<Request> requests) {
        return conversation.executeAll(requests);
    }

    @Override
    public void close() {
        transport.close();
    }

    private static Stream<Family> each(Family family) {
        return family == Family.UNSPEC ? Stream.of(Family.INET, Family.INET6) : Stream.of(family);
    }

    /**
     * What there is of a family. A kernel that does not have it either says so or answers with what it has; and kernels
     * before 4.20 do not filter, so that callers have to look again.
     */
    private <T> List<T> list(Family family, Request request, Function<NetlinkMessage, T> decoder) {
        try {
            List<Optional<T>> found = answers.list(
                    request,
                    message -> Byte.toUnsignedInt(message.body(Rtgenmsg.CODEC).family()) == family.number()
                            ? Optional.of(decoder.apply(message))
                            : Optional.empty());
            return found.stream().flatMap(Optional::stream).toList();
        } catch (NetlinkException e) {
            if (e.is(Errno.EAFNOSUPPORT) || e.is(Errno.ENOENT)) {
                return List.of();
            }
            throw e;
        }
    }
}
