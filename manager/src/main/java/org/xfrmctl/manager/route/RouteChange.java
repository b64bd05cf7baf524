package org.xfrmctl.manager.route;

/** One change of the routes, printed as {@code ip} would be told it. */
public sealed interface RouteChange {
    void apply(RouteTables tables);

    /** Takes back what {@link #apply} has done. */
    void undo(RouteTables tables);

    record Add(ChildRoute route) implements RouteChange {
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
        public void apply(RouteTables tables) {
            tables.replace(from, to);
        }

        @Override
        public void undo(RouteTables tables) {
            tables.replace(to, from);
        }

        @Override
        public String toString() {
            return "route replace " + to;
        }
    }
}
