package org.xfrmctl.manager.link;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.definition.LogicalInterface;

/** Why an interface must stay, whoever made what uses it. */
public final class LinkUse {
    private LinkUse() {}

    /**
     * Empty if nothing uses it. Policies do, blocks too: without the interface its routes are gone, and packets pass them by.
     */
    public static Optional<String> of(String name, LogicalInterface.Kind kind, Snapshot snapshot) {
        Optional<String> state = snapshot.states().stream()
                .filter(states(kind))
                .findFirst()
                .map(found -> "interface " + name + " is in use by state " + found.id());
        return state.or(() -> snapshot.policies().stream()
                .filter(policies(kind))
                .findFirst()
                .map(found -> "packets meet the policies of a child by way of interface " + name));
    }

    /** The GRE and IPIP interfaces of ours that are up and were in use before, but are not now: what they send is in clear. */
    public static List<String> bared(List<HeldLink> links, Snapshot before, Snapshot now) {
        return links.stream()
                .filter(link -> link.isOurs() && link.isUp())
                .filter(link -> link.kind()
                        .filter(kind -> kind instanceof LogicalInterface.Kind.Tunnel
                                && of(link.name(), kind, before).isPresent()
                                && of(link.name(), kind, now).isEmpty())
                        .isPresent())
                .map(HeldLink::name)
                .toList();
    }

    private static Predicate<XfrmState> states(LogicalInterface.Kind kind) {
        if (kind instanceof LogicalInterface.Kind.Tunnel tunnel) {
            return state -> state.mode().equals(Mode.TRANSPORT)
                    && (between(
                                    tunnel,
                                    IpPrefix.host(state.source()),
                                    IpPrefix.host(state.id().destination()))
                            || between(tunnel, IpPrefix.host(state.id().destination()), IpPrefix.host(state.source())));
        }
        return kind instanceof LogicalInterface.Kind.Xfrm xfrm
                ? state -> state.ifId().equals(xfrm.ifId())
                : state -> false;
    }

    private static Predicate<XfrmPolicy> policies(LogicalInterface.Kind kind) {
        if (kind instanceof LogicalInterface.Kind.Tunnel tunnel) {
            return policy -> between(
                    tunnel, policy.selector().source(), policy.selector().destination());
        }
        return kind instanceof LogicalInterface.Kind.Xfrm xfrm
                ? policy -> policy.ifId().equals(xfrm.ifId())
                : policy -> false;
    }

    private static boolean between(LogicalInterface.Kind.Tunnel tunnel, IpPrefix source, IpPrefix destination) {
        return source.equals(IpPrefix.host(tunnel.local())) && destination.equals(IpPrefix.host(tunnel.remote()));
    }
}
