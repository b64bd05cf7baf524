package org.xfrmctl.datapath.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;

/**
 * What stands beside the answers of lookups: which policies and states were not taken, and why. It asks the same
 * questions that the lookups ask; nothing is changed.
 */
public final class Walk {
    private final XfrmNamespace namespace;

    public Walk(XfrmNamespace namespace) {
        this.namespace = namespace;
    }

    /** A state that a template did not get, and why. */
    public record Candidate(SecurityAssociation association, Mismatch mismatch) {}

    /** All policies of a direction that cover a flow, those of sub type first, then in the order of their priorities. */
    public List<PolicyEntry> covering(Direction direction, FlowKey flow) {
        return between(direction, flow).stream()
                .filter(policy -> covers(policy.definition(), flow))
                .toList();
    }

    /** Those between prefixes that hold the flow's addresses, which do not cover it for another reason. */
    public List<PolicyEntry> nearly(Direction direction, FlowKey flow) {
        return between(direction, flow).stream()
                .filter(policy -> !covers(policy.definition(), flow))
                .toList();
    }

    private List<PolicyEntry> between(Direction direction, FlowKey flow) {
        return namespace.policies().list().stream()
                .filter(policy -> policy.definition().direction() == direction
                        && policy.definition().selector().family() == flow.family()
                        && policy.definition().selector().source().contains(flow.source())
                        && policy.definition().selector().destination().contains(flow.destination()))
                .sorted(Comparator.comparing((PolicyEntry policy) -> policy.type(), Comparator.reverseOrder())
                        .thenComparing(PolicyEntry::compareOrder))
                .toList();
    }

    private static boolean covers(XfrmPolicy policy, FlowKey flow) {
        return policy.ifId().equals(flow.ifId()) && flow.carries(policy.mark()) && flow.matches(policy.selector());
    }

    /** The states that {@code query} might have meant and did not get; {@code taken} is the one that it got. */
    public List<Candidate> passedOver(StateQuery query, Optional<SecurityAssociation> taken) {
        List<Candidate> candidates = new ArrayList<>();
        for (SecurityAssociation association : namespace.states().list()) {
            if (taken.filter(found -> found == association).isEmpty() && isRelated(query, association)) {
                candidates.add(new Candidate(association, mismatch(query, association)));
            }
        }
        return candidates;
    }

    /** Of the template's protocol, and with its reqid or between its ends. */
    private static boolean isRelated(StateQuery query, SecurityAssociation association) {
        boolean ends = association.destination().equals(query.destination());
        boolean reqid = association.definition().reqid().equals(query.template().reqid()) && isFrom(query, association);
        return association.id().protocol().equals(query.template().protocol()) && (ends || reqid);
    }

    private static Mismatch mismatch(StateQuery query, SecurityAssociation association) {
        if (!association.destination().equals(query.destination())) {
            return Mismatch.DESTINATION;
        } else if (!isFrom(query, association)) {
            return Mismatch.SOURCE;
        } else if (!association.definition().reqid().equals(query.template().reqid())) {
            return Mismatch.REQID;
        }
        Mismatch mismatch = StateSelector.mismatch(query, association);
        return mismatch == null ? Mismatch.PREFERENCE : mismatch;
    }

    private static boolean isFrom(StateQuery query, SecurityAssociation association) {
        return association.source().equals(query.source())
                || association.source().isAny();
    }

    /** Why a state does not meet a template inbound; empty if it does. */
    public static Optional<Mismatch> mismatch(
            Template template, SecurityAssociation association, Family family, IfId ifId) {
        return Optional.ofNullable(TemplateMatch.mismatch(template, association, family, ifId));
    }
}
