package org.xfrmctl.manager.route;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xfrmctl.model.IpPrefix;

/**
 * What a kernel's main table says.
 *
 * @param others those that are not ours; of those to one destination with one metric, the one that is met first comes first
 * @param linkMtus how long packets each link takes, by its name
 */
public record RouteMap(List<OtherRoute> others, List<ChildRoute> ours, Map<String, Integer> linkMtus) {
    public RouteMap {
        others = List.copyOf(others);
        ours = List.copyOf(ours);
        linkMtus = Map.copyOf(linkMtus);
    }

    /** The route that packets to all of a prefix would take if there were none of ours, and none to parts of it. */
    Optional<OtherRoute> to(IpPrefix destination) {
        return others.stream()
                .filter(route -> covers(route.destination(), destination))
                .min(Comparator.comparingInt(
                                (OtherRoute route) -> -route.destination().length())
                        .thenComparingLong(OtherRoute::metric));
    }

    static boolean covers(IpPrefix whole, IpPrefix part) {
        return whole.length() <= part.length() && whole.contains(part.address());
    }

    /** How long the packets may be that leave by a leg, as far as route and link say. */
    int mtu(OtherRoute route, Leg leg) {
        return route.metrics().mtu().orElseGet(() -> linkMtus.getOrDefault(leg.device(), 1500));
    }
}
