package org.xfrmctl.manager.status;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/**
 * Which states packets meet one after the other: those with the gateways, reqid and if_id of each other, and those that the
 * templates of one policy ask for. strongSwan gives a bundle one reqid, libreswan each of its states another.
 */
final class Bundles {
    /** What states of one template have in common; one of its ties stands for a bundle. */
    record Tie(Set<IpAddress> gateways, Reqid reqid, IfId ifId) {
        static Tie of(XfrmState state) {
            // Both may be the same: a host that talks to itself.
            Set<IpAddress> gateways = state.source().equals(state.id().destination())
                    ? Set.of(state.source())
                    : Set.of(state.source(), state.id().destination());
            return new Tie(gateways, state.reqid(), state.ifId());
        }
    }

    /** What a policy can know of a state before it is looked at. */
    private record Name(Reqid reqid, IfId ifId) {}

    private final Map<Tie, Tie> parents = new HashMap<>();

    Bundles(Snapshot snapshot) {
        Map<Name, List<XfrmState>> states = snapshot.states().stream()
                .filter(state -> !state.isImplied())
                .collect(Collectors.groupingBy(state -> new Name(state.reqid(), state.ifId())));
        for (XfrmPolicy policy : snapshot.policies()) {
            List<Template> named = policy.templates().stream()
                    .filter(template -> !template.reqid().equals(Reqid.NONE))
                    .toList();
            if (named.stream().map(Template::reqid).distinct().count() > 1) {
                unite(policy, named, states);
            }
        }
    }

    /** Equal for two states if they are of one bundle. */
    Tie of(XfrmState state) {
        return root(Tie.of(state));
    }

    private void unite(XfrmPolicy policy, List<Template> templates, Map<Name, List<XfrmState>> states) {
        Map<Set<IpAddress>, Tie> first = new HashMap<>();
        for (Template template : templates) {
            states.getOrDefault(new Name(template.reqid(), policy.ifId()), List.of()).stream()
                    .filter(state -> TemplateStates.leadsTo(policy, template, state))
                    .map(Tie::of)
                    .distinct()
                    .forEach(tie -> join(tie, first.computeIfAbsent(tie.gateways(), each -> tie)));
        }
    }

    private void join(Tie one, Tie other) {
        Tie from = root(one);
        Tie to = root(other);
        if (!from.equals(to)) {
            parents.put(from, to);
        }
    }

    private Tie root(Tie tie) {
        Tie at = tie;
        for (Tie parent = parents.get(at); parent != null; parent = parents.get(at)) {
            at = parent;
        }
        return at;
    }
}
