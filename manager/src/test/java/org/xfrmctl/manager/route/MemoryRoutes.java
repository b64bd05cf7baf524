package org.xfrmctl.manager.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.netlink.route.RouteMetrics;

/** A main table in memory: IPv4 takes several routes with one key, the newest first, and replaces in two steps. */
public final class MemoryRoutes implements RouteTables {
    private final List<OtherRoute> others = new ArrayList<>();
    private final List<ChildRoute> ours = new ArrayList<>();

    /** Which requests are refused, by what they would do. */
    public Predicate<String> refused = request -> false;

    public int linkMtu = 1500;

    /** Somebody takes away what is added. */
    public boolean isUndone;

    public void addDefault(Leg leg) {
        others.add(new OtherRoute(IpPrefix.parse("0.0.0.0/0"), 0, Optional.of(leg), RouteMetrics.NONE, ""));
    }

    @Override
    public List<ChildRoute> ours() {
        return List.copyOf(ours);
    }

    @Override
    public RouteMap look() {
        return new RouteMap(others, ours, Map.of("wan", linkMtu));
    }

    private void request(String request) {
        if (refused.test(request)) {
            throw new IllegalStateException(request + " is not permitted");
        }
    }

    @Override
    public void add(ChildRoute route) {
        request("add " + route);
        if (ours.contains(route)) {
            throw new IllegalStateException(route + " is there");
        }
        if (!isUndone) {
            ours.add(0, route);
        }
    }

    @Override
    public void remove(ChildRoute route) {
        request("delete " + route);
        ours.remove(route);
    }

    @Override
    public void replace(ChildRoute from, ChildRoute to) {
        add(to);
        remove(from);
    }
}
