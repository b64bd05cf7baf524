package org.xfrmctl.manager.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.definition.SizeOptions;
import org.xfrmctl.model.definition.SizeOptions.Mss;
import org.xfrmctl.model.mtu.MtuSum;

/** The routes that one child asks for, and what of it cannot be had. */
final class ChildNeeds {
    private static final int TCP_HEADER = 20;
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;

    private final DesiredChild child;
    private final List<IpPrefix> destinations;
    private final Optional<String> device;
    private final SizeOptions sizes;
    private final RouteMap map;
    private final IpAddress peer;
    private final List<Need> needs = new ArrayList<>();
    private final List<RoutePlan.Warning> warnings = new ArrayList<>();

    ChildNeeds(RoutedChild routed, RouteMap map) {
        this.child = routed.child();
        this.destinations = routed.destinations();
        this.sizes = child.sizes();
        this.map = map;
        this.peer = child.outbound().get(0).id().destination();
        this.device = routed.device();
        if (routed.asks() && routed.isBoundElsewhere()) {
            warn(
                    "mtu and mss take no effect: by its if_id it depends on routes that the definition does not know; name the"
                            + " interface in the definition, or give those routes the metrics mtu and advmss yourself");
        } else if (routed.asks()) {
            OptionalInt way = wayMtu(IpPrefix.host(peer));
            way.ifPresent(this::warnOfTooMuch);
            destinations.forEach(destination -> look(destination, way));
        }
    }

    List<Need> needs() {
        return needs;
    }

    List<RoutePlan.Warning> warnings() {
        return warnings;
    }

    /** Without what a router has told: that is over in ten minutes, and routes are to stay as they are. */
    private OptionalInt wayMtu(IpPrefix destination) {
        return map.to(destination)
                .flatMap(route -> route.leg().map(leg -> map.mtu(route, leg)))
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }

    private void warnOfTooMuch(int way) {
        int left = MtuSum.of(child.outbound(), way).left();
        sizes.mtu().stream()
                .filter(mtu -> mtu > left)
                .forEach(mtu -> warn("mtu: " + mtu
                        + " takes no effect, for no more than " + left + " bytes are left of the " + way + " to " + peer
                        + "; \"xfrmctl mtu " + child.name() + "\" shows why"));
    }

    private void look(IpPrefix destination, OptionalInt way) {
        Optional<OtherRoute> base = map.to(destination);
        if (device.isPresent() && !leadsTo(device.get(), base)) {
            warn("mss comes with a route to " + destination + " into " + device.get() + ", and there is none now");
            return;
        }
        if (base.isEmpty()) {
            warn("no route leads to " + destination + ", so that there is none to be given " + words()
                    + ": nothing is sent there");
            return;
        }
        Optional<Leg> leg = base.get().leg();
        if (leg.isEmpty()) {
            warn(
                    "the route to " + base.get().destination() + " ("
                            + base.get().description()
                            + ") is not copied: give it the metrics mtu and advmss yourself, or take a plain one with one next hop");
            return;
        }
        int most = map.mtu(base.get(), leg.get());
        if (destination.family() == Family.INET6
                && base.get().destination().equals(destination)
                && base.get().metric() <= 1) {
            warn("the route to " + destination
                    + " has the least metric that there is, and none comes before it: give it"
                    + " another, or the metrics mtu and advmss yourself");
            return;
        }
        OptionalInt mtu = mtu(destination, most);
        if (mtu.isPresent() && !isPeerKeptOut(destination)) {
            return;
        }
        OptionalInt mss = mss(destination, base.get(), most, way);
        if (mtu.isPresent() || mss.isPresent()) {
            needs.add(new Need(destination, base.get(), leg.get(), mtu, mss));
        }
    }

    private static boolean leadsTo(String device, Optional<OtherRoute> base) {
        return base.flatMap(OtherRoute::leg)
                .filter(leg -> leg.device().equals(device))
                .isPresent();
    }

    private String words() {
        return sizes.mtu().isPresent() ? "mtu" + (sizes.mss().equals(Mss.none()) ? "" : " and mss") : "mss";
    }

    /** The route's, if it has to be less than the way has by itself. */
    private OptionalInt mtu(IpPrefix destination, int most) {
        if (sizes.mtu().isEmpty()) {
            return OptionalInt.empty();
        }
        int wanted = sizes.mtu().getAsInt();
        int route = isWayOfProtected(destination) ? longestPath(wanted, most) : wanted;
        return route < most ? OptionalInt.of(route) : OptionalInt.empty();
    }

    /** Whether what comes out of the transforms takes the same route as what goes in, so that it is lowered once for both. */
    private boolean isWayOfProtected(IpPrefix destination) {
        return isTransport() || destination.equals(IpPrefix.host(peer));
    }

    private boolean isTransport() {
        return child.outbound().stream().map(XfrmState::mode).allMatch(Mode.TRANSPORT::equals);
    }

    /** The longest path that leaves no more than wanted. */
    private int longestPath(int wanted, int most) {
        return MtuSum.of(child.outbound(), most).left() <= wanted
                ? most
                : MtuSum.of(child.outbound(), most).pathFor(wanted + 1) - 1;
    }

    /**
     * Keeps the way of protected packets as it is where the destination holds the peer: it would be lowered, and what it
     * leaves a second time. False if that cannot be.
     */
    private boolean isPeerKeptOut(IpPrefix destination) {
        IpPrefix host = IpPrefix.host(peer);
        if (isWayOfProtected(destination) || !RouteMap.covers(destination, host)) {
            return true;
        }
        Optional<OtherRoute> way = map.to(host);
        if (way.isEmpty() || way.get().destination().length() > destination.length()) {
            return true;
        }
        Optional<Leg> leg = way.get().leg();
        if (leg.isEmpty()) {
            warn("mtu: the peer " + peer + " is in " + destination + ", and its route ("
                    + way.get().description()
                    + ") is not copied, so that the tunnel's own packets would be held to it, too: add a host route to "
                    + peer);
            return false;
        }
        needs.add(new Need(host, way.get(), leg.get(), OptionalInt.empty(), OptionalInt.empty()));
        return true;
    }

    /** What TCP announces; never more than it would without. */
    private OptionalInt mss(IpPrefix destination, OtherRoute base, int most, OptionalInt way) {
        int headers = TCP_HEADER + (destination.family() == Family.INET6 ? IPV6_HEADER : IPV4_HEADER);
        OptionalInt wanted = wanted(headers, way);
        int bound = IntStream.concat(IntStream.of(most - headers), base.metrics().advmss().stream())
                .min()
                .orElseThrow();
        return wanted.isEmpty() || wanted.getAsInt() <= 0
                ? OptionalInt.empty()
                : OptionalInt.of(Math.min(wanted.getAsInt(), bound));
    }

    private OptionalInt wanted(int headers, OptionalInt way) {
        if (sizes.mss() instanceof Mss.Fixed fixed) {
            return IntStream.concat(
                            IntStream.of(fixed.bytes()), sizes.mtu().stream().map(mtu -> mtu - headers))
                    .min();
        }
        if (sizes.mss().equals(Mss.none()) || way.isEmpty()) {
            return OptionalInt.empty();
        }
        return IntStream.concat(
                        sizes.mtu().stream(),
                        IntStream.of(
                                MtuSum.of(child.outbound(), way.getAsInt()).left(),
                                MtuSum.of(child.inbound(), way.getAsInt()).left()))
                .map(mtu -> mtu - headers)
                .min();
    }

    private void warn(String text) {
        warnings.add(new RoutePlan.Warning(child.name(), text));
    }
}
