package org.xfrmctl.manager.plan;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xfrmctl.manager.compile.BlockPolicy;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.compile.ReqidBand;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.definition.ChildName;

/**
 * Which of the kernel's objects are ours. What the {@link Ledger} names is, and a reqid of the {@linkplain ReqidBand band}
 * is proof enough. One that a definition chose may be a keying daemon's as well, which counts up from 1: there the gateways
 * must be the child's too.
 */
final class Ownership {
    /** No two children have the same reqid. */
    private final Map<Reqid, DesiredChild> children = new HashMap<>();

    private final Ledger ledger;

    Ownership(DesiredState desired, Ledger ledger) {
        this.ledger = ledger;
        desired.children().forEach(child -> children.put(child.reqid(), child));
    }

    /** The child that a state belongs to, which need not be defined any more; empty if it is not ours. */
    Optional<ChildName> ownerOf(XfrmState state) {
        return Optional.ofNullable(children.get(state.reqid()))
                .filter(child -> isWithin(child, pair(state.source(), state.id().destination())))
                .map(DesiredChild::name)
                .or(() -> ledger.ownerOf(state));
    }

    /** The child that a policy leads to or was made for, which need not be defined any more; empty if it is not ours. */
    Optional<ChildName> ownerOf(XfrmPolicy policy) {
        return policy.templates().stream()
                .flatMap(template -> Optional.ofNullable(children.get(template.reqid())).stream())
                .filter(child -> isWithin(child, ends(policy)))
                .map(DesiredChild::name)
                .findFirst()
                .or(() -> ledger.ownerOf(policy));
    }

    private static boolean isWithin(DesiredChild child, Set<IpAddress> ends) {
        return ReqidBand.contains(child.reqid()) || gateways(child).equals(ends);
    }

    /** Both directions have the same two. */
    private static Set<IpAddress> gateways(DesiredChild child) {
        XfrmState state = child.inbound().get(0);
        return pair(state.source(), state.id().destination());
    }

    /** Between whom the packets travel: the outermost tunnel, or in transport mode the hosts of the selector. */
    private static Set<IpAddress> ends(XfrmPolicy policy) {
        Set<IpAddress> ends = policy.templates().stream()
                .filter(template -> template.mode().equals(Mode.TUNNEL))
                .reduce((inner, outer) -> outer)
                .map(Ownership::ends)
                .orElse(Set.of());
        IpPrefix from = policy.selector().source();
        IpPrefix to = policy.selector().destination();
        return ends.isEmpty() && isHost(from) && isHost(to) ? pair(from.address(), to.address()) : ends;
    }

    private static boolean isHost(IpPrefix prefix) {
        return prefix.length() == prefix.family().bits();
    }

    private static Set<IpAddress> ends(Template tunnel) {
        return pair(tunnel.source(), tunnel.destination());
    }

    /** {@code Set.of} refuses two equal elements. */
    private static Set<IpAddress> pair(IpAddress one, IpAddress other) {
        return one.equals(other) ? Set.of(one) : Set.of(one, other);
    }

    /** What is told of a policy that must not be replaced. */
    static String inTheWay(DesiredChild child, XfrmPolicy wanted, XfrmPolicy present) {
        return child.name() + ": a policy that is not ours stands in the place of " + wanted.key() + " ("
                + Notation.of(present) + ")";
    }

    /**
     * Whether {@code present} may be replaced by {@code wanted}, whose key it has. A policy without templates bears no mark
     * of ours, so it must be our block, or do what the wanted one does.
     */
    boolean mayReplace(XfrmPolicy present, XfrmPolicy wanted) {
        if (ownerOf(present).isPresent()) {
            return true;
        }
        if (!present.templates().isEmpty()) {
            return present.templates().stream().allMatch(template -> ReqidBand.contains(template.reqid()));
        }
        return PolicyComparison.same(BlockPolicy.inPlaceOf(wanted), present)
                || (present.action() == PolicyAction.ALLOW && wanted.templates().isEmpty());
    }
}
