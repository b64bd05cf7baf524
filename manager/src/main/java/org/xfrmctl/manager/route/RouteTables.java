package org.xfrmctl.manager.route;

import java.util.List;

/** The main routing table of one kernel. Each change waits for the kernel and throws if that refuses. */
public interface RouteTables {
    /** Who made a route of ours: no other program's number, and not that of the routes to interfaces ({@code ip route show proto 89}). */
    int PROTOCOL = 0x59;

    /** The routes that are ours, which costs less than a whole {@link #look}. */
    List<ChildRoute> ours();

    RouteMap look();

    /** Marks it as ours. Of IPv4 routes to one destination with one metric it is met first. */
    void add(ChildRoute route);

    /** Nothing is to be done for one that has gone already. */
    void remove(ChildRoute route);

    /** In an order in which packets always have a way. */
    void replace(ChildRoute from, ChildRoute to);
}
