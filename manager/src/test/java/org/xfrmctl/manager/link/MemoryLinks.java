package org.xfrmctl.manager.link;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.definition.LogicalInterface;

/**
 * Links in memory, which refuse the change after a number of them. Addresses are given, and go, as Linux has it ({@code
 * net/ipv4/devinet.c} without {@code promote_secondaries}): with the first IPv4 address of a network the others of that
 * network, with the last of all the IPv4 routes of the link.
 */
public final class MemoryLinks implements LinkTables {
    private final Map<String, HeldLink> links = new LinkedHashMap<>();
    private int left = Integer.MAX_VALUE;
    private int lists;

    /** The change after so many more is refused, and none after that. */
    public void refuseAfter(int changes) {
        left = changes;
    }

    public void put(HeldLink link) {
        links.put(link.name(), link);
    }

    /** How often they were listed. */
    public int lists() {
        return lists;
    }

    @Override
    public List<HeldLink> list() {
        lists++;
        return List.copyOf(links.values());
    }

    private void count() {
        if (left-- == 0) {
            throw new IllegalStateException("refused");
        }
    }

    private HeldLink held(String name) {
        return Optional.ofNullable(links.get(name)).orElseThrow(() -> new IllegalStateException("no link " + name));
    }

    private void change(String name, UnaryOperator<HeldLink> change) {
        HeldLink before = held(name);
        count();
        links.put(name, change.apply(before));
    }

    @Override
    public void add(String name, LogicalInterface.Kind kind) {
        count();
        HeldLink made = new HeldLink(
                name, Optional.of(kind), kind.toString(), HeldLink.Mark.OURS, false, 1500, List.of(), List.of());
        if (links.putIfAbsent(name, made) != null) {
            throw new IllegalStateException("there is a link " + name);
        }
    }

    @Override
    public void claim(String name) {
        change(
                name,
                link -> new HeldLink(
                        name,
                        link.kind(),
                        link.description(),
                        HeldLink.Mark.OURS,
                        link.isUp(),
                        link.mtu(),
                        link.addresses(),
                        link.routes()));
    }

    @Override
    public void remove(String name) {
        held(name);
        count();
        links.remove(name);
    }

    @Override
    public void bringUp(String name) {
        change(name, link -> with(link, true, link.mtu(), link.addresses(), link.routes()));
    }

    @Override
    public void setMtu(String name, int mtu) {
        change(name, link -> with(link, link.isUp(), mtu, link.addresses(), link.routes()));
    }

    @Override
    public void addAddress(String name, HeldAddress address) {
        change(name, link -> {
            if (position(link, address.prefix()).isPresent()) {
                throw new IllegalStateException("there is an address " + address.prefix());
            }
            return with(link, link.isUp(), link.mtu(), plus(link.addresses(), address), link.routes());
        });
    }

    private static Optional<HeldAddress> position(HeldLink link, IpPrefix address) {
        return link.addresses().stream()
                .filter(each -> each.prefix().equals(address))
                .findFirst();
    }

    @Override
    public void removeAddress(String name, IpPrefix address) {
        change(name, link -> {
            if (position(link, address).isEmpty()) {
                throw new IllegalStateException("there is no address " + address);
            }
            List<HeldAddress> gone = link.addresses().stream()
                    .filter(each -> each.prefix().equals(address) || isSecondary(each, address, link))
                    .toList();
            List<HeldAddress> left = link.addresses().stream()
                    .filter(each -> !gone.contains(each))
                    .toList();
            boolean keepsRoutes = address.family() == Family.INET6
                    || left.stream().anyMatch(each -> each.prefix().family() == Family.INET);
            List<IpPrefix> routes = keepsRoutes
                    ? link.routes()
                    : link.routes().stream()
                            .filter(each -> each.family() == Family.INET6)
                            .toList();
            return with(link, link.isUp(), link.mtu(), left, routes);
        });
    }

    /** Whether an IPv4 address came behind that one, to a network that was there. */
    private static boolean isSecondary(HeldAddress each, IpPrefix first, HeldLink link) {
        List<IpPrefix> network = link.addresses().stream()
                .map(HeldAddress::prefix)
                .filter(other -> other.network().equals(first.network()))
                .toList();
        return first.family() == Family.INET && network.get(0).equals(first) && network.contains(each.prefix());
    }

    @Override
    public void addRoute(String name, IpPrefix destination) {
        change(name, link -> {
            if (!link.isUp()) {
                throw new IllegalStateException(name + " is down");
            }
            if (links.values().stream().anyMatch(each -> each.routes().contains(destination))) {
                throw new IllegalStateException("there is a route to " + destination);
            }
            return with(link, true, link.mtu(), link.addresses(), plus(link.routes(), destination));
        });
    }

    @Override
    public void removeRoute(String name, IpPrefix destination) {
        change(name, link -> with(link, link.isUp(), link.mtu(), link.addresses(), minus(link.routes(), destination)));
    }

    @Override
    public void moveRoute(IpPrefix destination, String from, String to) {
        if (!held(to).isUp()) {
            throw new IllegalStateException(to + " is down");
        }
        change(from, link -> with(link, link.isUp(), link.mtu(), link.addresses(), minus(link.routes(), destination)));
        HeldLink link = held(to);
        links.put(to, with(link, true, link.mtu(), link.addresses(), plus(link.routes(), destination)));
    }

    private static HeldLink with(
            HeldLink link, boolean up, int mtu, List<HeldAddress> addresses, List<IpPrefix> routes) {
        return new HeldLink(link.name(), link.kind(), link.description(), link.mark(), up, mtu, addresses, routes);
    }

    private static <T> List<T> plus(List<T> present, T added) {
        List<T> all = new ArrayList<>(present);
        all.add(added);
        return all;
    }

    private static List<IpPrefix> minus(List<IpPrefix> present, IpPrefix removed) {
        return present.stream().filter(each -> !each.equals(removed)).toList();
    }
}
