package org.xfrmctl.manager.route;

import java.util.List;
import java.util.stream.Stream;
import org.xfrmctl.model.IpPrefix;

/** One change of the routes, printed as {@code ip} would be told it. */
public sealed interface RouteChange {
    IpPrefix destination();

    /** Those that are there before it or behind it. */
    Stream<ChildRoute> routes();

    void apply(RouteTables tables);

    /** Takes back what {@link #apply} has done. */
    void undo(RouteTables tables);

    /** Takes back what {@link #apply} may have done before the kernel refused the rest. */
    default void undoHalf(RouteTables tables) {}

    record Add(ChildRoute route) implements RouteChange {
        @Override
        public IpPrefix destination() {
            return route.destination();
        }

        @Override
        public Stream<ChildRoute> routes() {
            return Stream.of(route);
        }

        @Override
        public void apply(RouteTables tables) {
            tables.add(route);
        }

        @Override
        public void undo(RouteTables tables) {
            tables.remove(route);
        }

        @Override
        public String toString() {
            return "route add " + route;
        }
    }

    record Remove(ChildRoute route) implements RouteChange {
        @Override
        public IpPrefix destination() {
            return route.destination();
        }

        @Override
        public Stream<ChildRoute> routes() {
            return Stream.of(route);
        }

        @Override
        public void apply(RouteTables tables) {
            tables.remove(route);
        }

        @Override
        public void undo(RouteTables tables) {
            tables.add(route);
        }

        @Override
        public String toString() {
            return "route delete " + route;
        }
    }

    /** In one destination's place. */
    record Replace(ChildRoute from, ChildRoute to) implements RouteChange {
        @Override
        public IpPrefix destination() {
            return to.destination();
        }

        @Override
        public Stream<ChildRoute> routes() {
            return Stream.of(from, to);
        }

        @Override
        public void apply(RouteTables tables) {
            tables.replace(from, to);
        }

        @Override
        public void undo(RouteTables tables) {
            tables.replace(to, from);
        }

        /** Of IPv4 the one is added before the other is removed. */
        @Override
        public void undoHalf(RouteTables tables) {
            List<ChildRoute> present = tables.ours();
            if (!present.contains(from)) {
                tables.add(from);
            }
            if (present.contains(to)) {
                tables.remove(to);
            }
        }

        @Override
        public String toString() {
            return "route replace " + to;
        }
    }
}
