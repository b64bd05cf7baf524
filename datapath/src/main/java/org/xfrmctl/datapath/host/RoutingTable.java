package org.xfrmctl.datapath.host;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.xfrmctl.datapath.engine.Routing;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;

/** A host's routes, the longest prefix first, and what it has learnt about paths (RFC 1191, section 3). */
final class RoutingTable implements Routing {
    /** {@code net.ipv4.route.mtu_expires}. */
    private static final long LEARNT_SECONDS = 600;
    /** {@code net.ipv4.route.min_pmtu}. */
    private static final int LEAST_V4 = 552;

    private static final int LEAST_V6 = 1280;
    /** As many as strangers may make this remember. */
    private static final int MOST_LEARNT = 4_096;

    /**
     * What a router has told of a destination.
     *
     * @param locked whether it told less than {@link #LEAST_V4}, so that packets go without the don't-fragment bit
     */
    private record Learnt(int mtu, boolean locked, long until) {}

    private final LongSupplier seconds;
    private final List<NetworkInterface> devices = new ArrayList<>();
    /** Never changed but replaced, for a manager may do that while packets run. */
    private volatile List<Route> routes = List.of();
    /** The oldest first. */
    private final Map<IpAddress, Learnt> learnt = new LinkedHashMap<>();

    RoutingTable(LongSupplier seconds) {
        this.seconds = seconds;
    }

    /** Adds an interface and the routes to its own networks. */
    void add(NetworkInterface device) {
        devices.add(device);
        for (IpPrefix address : device.addresses()) {
            add(new Route(address, Optional.empty(), device, address.address()));
        }
    }

    /** Removes an interface with all routes that lead there. */
    void remove(NetworkInterface device) {
        devices.remove(device);
        keep(route -> route.device() != device);
    }

    /** Removes the routes to a destination by an interface. */
    void remove(IpPrefix destination, NetworkInterface device) {
        keep(route -> route.protocol() != Route.UNSAID
                || route.device() != device
                || !route.destination().equals(destination));
    }

    /** The destinations beyond an interface that are none of its own networks. */
    List<IpPrefix> behind(NetworkInterface device) {
        return routes.stream()
                .filter(route -> route.protocol() == Route.UNSAID && route.device() == device)
                .map(Route::destination)
                .filter(destination -> !device.addresses().contains(destination))
                .toList();
    }

    void add(Route route) {
        add(routes.size(), route);
    }

    /** Adds one that is met before others to the same destination with its metric. */
    void addBefore(Route route) {
        add(0, route);
    }

    /** Removes one; false if there is none like it. */
    synchronized boolean remove(Route route) {
        List<Route> left = new ArrayList<>(routes);
        boolean found = left.remove(route);
        routes = List.copyOf(left);
        return found;
    }

    private synchronized void keep(Predicate<Route> kept) {
        routes = routes.stream().filter(kept).toList();
    }

    /** In the order in which they are met. */
    List<Route> routes() {
        return routes;
    }

    private synchronized void add(int place, Route route) {
        List<Route> more = new ArrayList<>(routes);
        more.add(place, route);
        more.sort(Comparator.comparingInt((Route entry) -> entry.destination().length())
                .reversed()
                .thenComparingInt(Route::metric));
        routes = List.copyOf(more);
    }

    Optional<Route> lookup(IpAddress destination) {
        return routes.stream()
                .filter(route -> route.destination().contains(destination))
                .findFirst();
    }

    /** The interface that reaches a router directly. */
    Optional<NetworkInterface> deviceTo(IpAddress router) {
        return devices.stream()
                .filter(device -> device.addresses().stream().anyMatch(prefix -> prefix.contains(router)))
                .findFirst();
    }

    boolean isLocal(IpAddress address) {
        return devices.stream().anyMatch(device -> device.owns(address));
    }

    @Override
    public Optional<Path> path(IpAddress destination) {
        return lookup(destination)
                .map(route -> new Path(
                        mtu(destination, route), route.source(), route.device().index()));
    }

    /** As {@link #path}, with where it comes from. */
    Optional<KnownPath> known(IpAddress destination) {
        return lookup(destination)
                .map(route -> new KnownPath(
                        mtu(destination, route),
                        mtu(destination, route) < route.mtu(),
                        route.device().toString(),
                        route.device().link().mtu(),
                        route.source()));
    }

    @Override
    public boolean sendsFrom(IpAddress source) {
        return source.family() == Family.INET6 || isLocal(source);
    }

    private int mtu(IpAddress destination, Route route) {
        int own = route.mtu();
        return route.metrics().isMtuLocked()
                ? own
                : live(destination).map(entry -> Math.min(own, entry.mtu())).orElse(own);
    }

    private Optional<Learnt> live(IpAddress destination) {
        return Optional.ofNullable(learnt.get(destination)).filter(entry -> seconds.getAsLong() < entry.until());
    }

    /** Whether packets to a destination go without the don't-fragment bit ({@code ip_mtu_locked()}). */
    boolean isLocked(IpAddress destination) {
        return live(destination).filter(Learnt::locked).isPresent()
                || lookup(destination)
                        .filter(route -> route.metrics().isMtuLocked())
                        .isPresent();
    }

    /**
     * Takes a router's word that no more than {@code mtu} bytes reach a destination. For IPv4 too small a value is raised, and
     * the path locked until it is forgotten: routers may fragment then. 0 is the word of those that do not know the field (RFC
     * 1191, section 5). For IPv6 it is not taken (RFC 8201, section 4). {@code net/ipv4/route.c, __ip_rt_update_pmtu()}.
     */
    void learn(IpAddress destination, int mtu) {
        boolean v4 = destination.family() == Family.INET;
        if ((!v4 && mtu < LEAST_V6) || isLocked(destination)) {
            return;
        }
        // Nobody sends where no route leads, so nobody can have been told the truth about it.
        int present = path(destination).map(Path::mtu).orElse(0);
        boolean lock = v4 && mtu < LEAST_V4 && present > 0;
        int bounded = lock ? Math.min(present, LEAST_V4) : mtu;
        if (lock || bounded < present) {
            remember(destination, bounded, lock);
        }
    }

    private void remember(IpAddress destination, int mtu, boolean locked) {
        long now = seconds.getAsLong();
        learnt.values().removeIf(entry -> now >= entry.until());
        learnt.remove(destination);
        if (learnt.size() == MOST_LEARNT) {
            learnt.remove(learnt.keySet().iterator().next());
        }
        learnt.put(destination, new Learnt(mtu, locked, now + LEARNT_SECONDS));
    }
}
