package org.xfrmctl.manager.mtu;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.netlink.route.RouteQuery;

/**
 * Two hosts for many: some that a selector is about.
 *
 * @param from an address of this host; empty if the selector has none that a socket can be bound to
 * @param to another host; empty if the selector has only this one
 */
public record FlowEnds(Optional<IpAddress> from, Optional<IpAddress> to) {
    /** Nobody has these (RFC 5737, RFC 3849), so that they take the route of whatever has none of its own. */
    private static final IpAddress ANYBODY = IpAddress.parse("203.0.113.1");

    private static final IpAddress ANYBODY_V6 = IpAddress.parse("2001:db8:ffff::1");

    private static final IpPrefix LOOPBACK = IpPrefix.parse("127.0.0.0/8");
    private static final IpPrefix LOOPBACK_V6 = IpPrefix.parse("::1/128");
    /** Of which a socket would have to know the link. */
    private static final IpPrefix LINK_LOCAL_V6 = IpPrefix.parse("fe80::/10");

    static FlowEnds of(XfrmPolicy policy, IpAddress peer, Ways ways) {
        Optional<IpAddress> to = destination(policy.selector(), peer, ways.own());
        return new FlowEnds(
                to.isPresent()
                        ? source(policy, to.get(), ways)
                        : usable(policy, ways).stream().findFirst(),
                to);
    }

    /** The address that a policy lets this host send from, to some other; the one that the route prefers, if that is one. */
    public static Optional<IpAddress> source(XfrmPolicy policy, IpAddress to, Ways ways) {
        List<IpAddress> usable = usable(policy, ways);
        Optional<IpAddress> preferred = usable.size() < 2
                ? Optional.empty()
                : ways.source(query(policy, to)).filter(usable::contains);
        return preferred.or(() -> usable.stream().findFirst());
    }

    private static List<IpAddress> usable(XfrmPolicy policy, Ways ways) {
        return ways.own().stream()
                .filter(policy.selector().source()::contains)
                .filter(FlowEnds::isOfTheNetwork)
                .toList();
    }

    private static boolean isOfTheNetwork(IpAddress address) {
        return !LOOPBACK.contains(address) && !LOOPBACK_V6.contains(address) && !LINK_LOCAL_V6.contains(address);
    }

    /** For the way in clear between the two, as a socket bound to one has it; empty if there is no other host. */
    Optional<RouteQuery> query(XfrmPolicy policy) {
        return to.map(host -> query(policy, host))
                .map(query -> from.map(query::from).orElse(query));
    }

    private static RouteQuery query(XfrmPolicy policy, IpAddress to) {
        return RouteQuery.to(to).marked(policy.mark().masked().value());
    }

    /**
     * A host that is not this one, for packets to it would stay here; where there is such a one, not of the source's network,
     * for which another route is the likelier one; and not the peer, whose way others need not share.
     */
    private static Optional<IpAddress> destination(Selector selector, IpAddress peer, List<IpAddress> own) {
        List<IpAddress> hosts = hosts(selector, own.size());
        Predicate<IpAddress> other = host -> !own.contains(host);
        Predicate<IpAddress> far = other.and(host -> !selector.source().contains(host));
        return hosts.stream()
                .filter(far.and(host -> !host.equals(peer)))
                .findFirst()
                .or(() -> hosts.stream().filter(far).findFirst())
                .or(() -> hosts.stream().filter(other).findFirst());
    }

    /** The destination's first hosts, and the first that come behind the source's network: one is not this host's. */
    private static List<IpAddress> hosts(Selector selector, int own) {
        IpPrefix destination = selector.destination();
        List<IpAddress> hosts = new ArrayList<>();
        IpAddress next = first(destination);
        IpAddress behind = IpPrefixes.behind(selector.source());
        for (int i = 0; i < own + 2; i++) {
            hosts.add(next);
            next = IpPrefixes.next(next);
        }
        for (int i = 0; i < own + 2; i++) {
            behind = IpPrefixes.next(behind);
            hosts.add(behind);
        }
        return hosts.stream().filter(destination::contains).toList();
    }

    private static IpAddress first(IpPrefix prefix) {
        if (prefix.length() == 0) {
            return prefix.family() == Family.INET6 ? ANYBODY_V6 : ANYBODY;
        }
        IpAddress network = prefix.network().address();
        return prefix.length() < prefix.family().bits() ? IpPrefixes.next(network) : network;
    }
}
