package org.xfrmctl.manager.link;

import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.definition.LogicalInterface;

/** One change of the links, printed as {@code ip} would be told it. */
public sealed interface LinkChange {
    void apply(LinkTables tables);

    /** Takes back what {@link #apply} has done. */
    void undo(LinkTables tables);

    /** Whether packets may find no way because of it, or another one. */
    default boolean takesAway() {
        return false;
    }

    record Make(String name, LogicalInterface.Kind kind) implements LinkChange {
        @Override
        public void apply(LinkTables tables) {
            tables.add(name, kind);
        }

        @Override
        public void undo(LinkTables tables) {
            tables.remove(name);
        }

        @Override
        public String toString() {
            return "link add " + name + " " + kind;
        }
    }

    /** Of a link that a run has made which was killed before it could mark it. Undone it stays ours: nothing takes a mark away. */
    record Claim(String name) implements LinkChange {
        @Override
        public void apply(LinkTables tables) {
            tables.claim(name);
        }

        @Override
        public void undo(LinkTables tables) {}

        @Override
        public String toString() {
            return "link set " + name + " alias " + KernelLinks.ALIAS;
        }
    }

    /** Undone it is up again, with all that it had. */
    record Remove(HeldLink held, LogicalInterface.Kind kind) implements LinkChange {
        @Override
        public void apply(LinkTables tables) {
            tables.remove(held.name());
        }

        @Override
        public void undo(LinkTables tables) {
            tables.add(held.name(), kind);
            tables.setMtu(held.name(), held.mtu());
            held.addresses().forEach(address -> tables.addAddress(held.name(), address));
            if (held.isUp()) {
                tables.bringUp(held.name());
                held.routes().forEach(route -> tables.addRoute(held.name(), route));
            }
        }

        @Override
        public String toString() {
            return "link delete " + held.name();
        }
    }

    record Mtu(String name, int from, int to) implements LinkChange {
        @Override
        public void apply(LinkTables tables) {
            tables.setMtu(name, to);
        }

        @Override
        public void undo(LinkTables tables) {
            tables.setMtu(name, from);
        }

        @Override
        public String toString() {
            return "link set " + name + " mtu " + to;
        }
    }

    /** Of a link that was down: undone it stays up, for without its routes it carries nothing. */
    record BringUp(String name) implements LinkChange {
        @Override
        public void apply(LinkTables tables) {
            tables.bringUp(name);
        }

        @Override
        public void undo(LinkTables tables) {}

        @Override
        public String toString() {
            return "link set " + name + " up";
        }
    }

    record Address(String name, IpPrefix address, boolean add) implements LinkChange {
        @Override
        public void apply(LinkTables tables) {
            if (add) {
                tables.addAddress(name, new HeldAddress(address, true));
            } else {
                tables.removeAddress(name, address);
            }
        }

        @Override
        public void undo(LinkTables tables) {
            new Address(name, address, !add).apply(tables);
        }

        @Override
        public boolean takesAway() {
            return !add;
        }

        @Override
        public String toString() {
            return "address " + (add ? "add " : "delete ") + address + " dev " + name;
        }
    }

    record Route(String name, IpPrefix destination, boolean add) implements LinkChange {
        @Override
        public void apply(LinkTables tables) {
            if (add) {
                tables.addRoute(name, destination);
            } else {
                tables.removeRoute(name, destination);
            }
        }

        @Override
        public void undo(LinkTables tables) {
            new Route(name, destination, !add).apply(tables);
        }

        @Override
        public boolean takesAway() {
            return !add;
        }

        @Override
        public String toString() {
            return "route " + (add ? "add " : "delete ") + destination + " dev " + name;
        }
    }

    /** In one step, for between two steps packets would take another way, perhaps in clear. */
    record MoveRoute(IpPrefix destination, String from, String to) implements LinkChange {
        @Override
        public void apply(LinkTables tables) {
            tables.moveRoute(destination, from, to);
        }

        @Override
        public void undo(LinkTables tables) {
            tables.moveRoute(destination, to, from);
        }

        @Override
        public String toString() {
            return "route replace " + destination + " dev " + to;
        }
    }
}
