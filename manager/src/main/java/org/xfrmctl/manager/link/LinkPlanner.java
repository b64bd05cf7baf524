package org.xfrmctl.manager.link;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.xfrmctl.manager.plan.PlanConflictException;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.definition.LogicalInterface;

/**
 * What has to change so that interfaces are as they are defined, or are gone. In an order in which no route leads to what
 * is not ready: link, MTU, addresses, up, routes.
 */
public final class LinkPlanner {
    private final List<LogicalInterface> defined;
    private final List<HeldLink> present;
    private final List<LinkChange> changes = new ArrayList<>();
    private final List<String> conflicts = new ArrayList<>();

    private LinkPlanner(List<LogicalInterface> defined, List<HeldLink> present) {
        this.defined = defined;
        this.present = present;
    }

    /**
     * What makes the interfaces, or mends those that are there.
     *
     * @param defined all that are, also those that are not to be made now: what one of them wants is not taken away
     * @throws PlanConflictException if something of others is in the way, or something cannot be changed in place
     */
    public static List<LinkChange> up(
            List<LogicalInterface> wanted, List<LogicalInterface> defined, List<HeldLink> present) {
        LinkPlanner planner = new LinkPlanner(defined, present);
        wanted.forEach(planner::up);
        return planner.planned();
    }

    /**
     * What removes the interfaces of these names. One that is not there is no mistake.
     *
     * @throws PlanConflictException if one of them is not ours
     */
    public static List<LinkChange> down(List<String> names, List<HeldLink> present) {
        LinkPlanner planner = new LinkPlanner(List.of(), present);
        names.forEach(planner::down);
        return planner.planned();
    }

    private List<LinkChange> planned() {
        if (!conflicts.isEmpty()) {
            throw new PlanConflictException(conflicts);
        }
        return List.copyOf(changes);
    }

    private Optional<HeldLink> find(String name) {
        return present.stream().filter(link -> link.name().equals(name)).findFirst();
    }

    private void up(LogicalInterface wanted) {
        String name = wanted.name();
        Optional<HeldLink> found = find(name);
        if (found.isEmpty()) {
            make(wanted);
            return;
        }
        HeldLink held = found.get();
        boolean same = held.kind().equals(Optional.of(wanted.kind()));
        if (same && held.isBare()) {
            changes.add(new LinkChange.Claim(name));
            mend(wanted, held);
        } else if (!held.isOurs()) {
            conflicts.add(foreign(held));
        } else if (!same) {
            conflicts.add(name + " was made with " + held.description() + ", now it is defined with " + wanted.kind()
                    + ", which the kernel does not change in place: run \"xfrmctl interface down " + name
                    + "\", then \"up\"");
        } else {
            mend(wanted, held);
        }
    }

    private static String foreign(HeldLink held) {
        return held.name() + " (" + held.description()
                + ") was not made by xfrmctl and is left alone: take another name,"
                + " or remove it with \"ip link delete " + held.name() + "\"";
    }

    private void make(LogicalInterface wanted) {
        if (wanted.kind() instanceof LogicalInterface.Kind.Xfrm xfrm) {
            inTheWay(xfrm.ifId())
                    .ifPresent(other -> conflicts.add("if_id " + xfrm.ifId() + " of " + wanted.name() + " is that of "
                            + other.name() + ", and each has its own: take another, or remove " + other.name()));
            xfrm.lower()
                    .filter(lower -> find(lower).isEmpty())
                    .ifPresent(lower -> conflicts.add(wanted.name() + " is to stand on " + lower
                            + ", and there is no such interface: leave \"dev\" out, or name one that is there"));
        }
        changes.add(new LinkChange.Make(wanted.name(), wanted.kind()));
        wanted.mtu().ifPresent(mtu -> changes.add(new LinkChange.Mtu(wanted.name(), mtu, mtu)));
        wanted.addresses().forEach(each -> changes.add(new LinkChange.Address(wanted.name(), each, true)));
        changes.add(new LinkChange.BringUp(wanted.name()));
        wanted.routes().forEach(each -> route(wanted.name(), each));
    }

    private void route(String name, IpPrefix destination) {
        changes.add(present.stream()
                .filter(link -> link.isOurs() && link.routes().contains(destination))
                .findFirst()
                .<LinkChange>map(other -> new LinkChange.MoveRoute(destination, other.name(), name))
                .orElseGet(() -> new LinkChange.Route(name, destination, true)));
    }

    private Optional<HeldLink> inTheWay(IfId ifId) {
        return present.stream()
                .filter(link -> link.kind().orElse(null) instanceof LogicalInterface.Kind.Xfrm xfrm
                        && xfrm.ifId().equals(ifId))
                .findFirst();
    }

    private void mend(LogicalInterface wanted, HeldLink held) {
        String name = wanted.name();
        if (wanted.mtu().isPresent() && wanted.mtu().getAsInt() != held.mtu()) {
            changes.add(new LinkChange.Mtu(name, held.mtu(), wanted.mtu().getAsInt()));
        }
        without(wanted.addresses(), prefixes(held.addresses()))
                .forEach(each -> changes.add(new LinkChange.Address(name, each, true)));
        if (!held.isUp()) {
            changes.add(new LinkChange.BringUp(name));
        }
        without(wanted.routes(), held.routes()).forEach(each -> route(name, each));
        without(held.routes(), wanted.routes()).stream()
                .filter(each ->
                        defined.stream().noneMatch(other -> other.routes().contains(each)))
                .forEach(each -> changes.add(new LinkChange.Route(name, each, false)));
        List<IpPrefix> dropped = without(
                prefixes(held.addresses().stream().filter(HeldAddress::isOurs).toList()), wanted.addresses());
        List<IpPrefix> left = Stream.concat(wanted.addresses().stream(), prefixes(held.addresses()).stream())
                .filter(each -> !dropped.contains(each))
                .toList();
        Optional<IpPrefix> costly = dropped.stream()
                .filter(each -> takesRoutesAlong(each, left, wanted.routes()))
                .findFirst();
        if (costly.isPresent()) {
            conflicts.add(name + " is to lose the address " + costly.get()
                    + ", and with it the kernel may drop others of its network and routes: run \"xfrmctl interface down "
                    + name + "\", then \"up\"");
        } else {
            // The first of a network last, for with it the others go by themselves.
            for (int i = dropped.size() - 1; i >= 0; i--) {
                changes.add(new LinkChange.Address(name, dropped.get(i), false));
            }
        }
    }

    /**
     * With the first IPv4 address of a network go the others of that network, and with the last of all the link's routes
     * ({@code net/ipv4/devinet.c}, {@code inet_del_ifa}; {@code fib_disable_ip}).
     */
    private static boolean takesRoutesAlong(IpPrefix dropped, List<IpPrefix> staying, List<IpPrefix> routes) {
        List<IpPrefix> left =
                staying.stream().filter(each -> each.family() == Family.INET).toList();
        boolean keepsRoutes = routes.stream().anyMatch(each -> each.family() == Family.INET);
        return dropped.family() == Family.INET
                && (left.stream().anyMatch(each -> each.network().equals(dropped.network()))
                        || (left.isEmpty() && keepsRoutes));
    }

    private static List<IpPrefix> prefixes(List<HeldAddress> addresses) {
        return addresses.stream().map(HeldAddress::prefix).toList();
    }

    private static List<IpPrefix> without(List<IpPrefix> these, List<IpPrefix> those) {
        return these.stream().filter(each -> !those.contains(each)).toList();
    }

    private void down(String name) {
        find(name).ifPresent(held -> {
            if (held.isOurs() && held.kind().isPresent()) {
                changes.add(new LinkChange.Remove(held, held.kind().get()));
            } else {
                conflicts.add(foreign(held));
            }
        });
    }
}
