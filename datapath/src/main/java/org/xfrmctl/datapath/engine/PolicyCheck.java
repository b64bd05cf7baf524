package org.xfrmctl.datapath.engine;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.xfrmctl.datapath.wire.Flow;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmCounter;

/**
 * Whether a packet came through the transforms that policy asks for ({@code __xfrm_policy_check}; RFC 4301, section
 * 5.2, step 4).
 */
final class PolicyCheck {
    private static final int NO_MATCH = -1;

    private final XfrmNamespace namespace;

    PolicyCheck(XfrmNamespace namespace) {
        this.namespace = namespace;
    }

    /** The counter to raise if the packet must be dropped. */
    Optional<XfrmCounter> check(Packet packet, Direction direction) {
        if (namespace.policies().count(direction) == 0
                && packet.path().isEmpty()
                && namespace.defaultAction(direction) == PolicyAction.ALLOW) {
            return Optional.empty();
        }
        Optional<FlowKey> decoded =
                Flow.of(packet.buffer()).map(flow -> new FlowKey(flow, packet.mark(), packet.device(), packet.ifId()));
        if (decoded.isEmpty()) {
            return Optional.of(XfrmCounter.IN_HDR_ERROR);
        }
        FlowKey flow = decoded.get();
        for (SecurityAssociation association : packet.path()) {
            Selector selector = association.definition().selector();
            if (!flow.matches(selector)) {
                return Optional.of(XfrmCounter.IN_STATE_MISMATCH);
            }
        }
        return namespace
                .policies()
                .match(direction, flow)
                .map(policy -> judge(packet, flow, policy, direction))
                .orElseGet(() -> withoutPolicy(packet, direction));
    }

    private Optional<XfrmCounter> withoutPolicy(Packet packet, Direction direction) {
        boolean blocked = namespace.defaultAction(direction) == PolicyAction.BLOCK;
        boolean tunnelled = packet.path().stream()
                .anyMatch(association -> !association.mode().equals(Mode.TRANSPORT));
        return blocked || tunnelled ? Optional.of(XfrmCounter.IN_NO_POLS) : Optional.empty();
    }

    private Optional<XfrmCounter> judge(Packet packet, FlowKey flow, PolicyEntry policy, Direction direction) {
        policy.touch(namespace.seconds());
        if (policy.definition().action() == PolicyAction.BLOCK) {
            return Optional.of(XfrmCounter.IN_POL_BLOCK);
        }
        List<Template> templates = policy.definition().templates();
        if (policy.type() == PolicyType.SUB) {
            Optional<PolicyEntry> main = namespace.policies().match(direction, PolicyType.MAIN, flow);
            if (main.isPresent()) {
                main.get().touch(namespace.seconds());
                if (main.get().definition().action() == PolicyAction.BLOCK) {
                    return Optional.of(XfrmCounter.IN_POL_BLOCK);
                }
                templates = Stream.concat(templates.stream(), main.get().definition().templates().stream())
                        .toList();
            }
        }
        if (templates.size() >= Packet.MAX_DEPTH) {
            return Optional.of(XfrmCounter.IN_BUFFER_ERROR);
        }
        return account(packet, templates, flow.family(), policy.definition().ifId());
    }

    /** Template by template from the outermost, association by association; no tunnel may be left over. */
    private static Optional<XfrmCounter> account(Packet packet, List<Template> templates, Family family, IfId ifId) {
        int next = 0;
        for (int i = templates.size() - 1; i >= 0; i--) {
            next = match(templates.get(i), packet, next, family, ifId);
            if (next == NO_MATCH) {
                return Optional.of(XfrmCounter.IN_TMPL_MISMATCH);
            }
        }
        List<SecurityAssociation> rest =
                packet.path().subList(next, packet.path().size());
        if (rest.stream().anyMatch(association -> !association.mode().equals(Mode.TRANSPORT))) {
            return Optional.of(XfrmCounter.IN_TMPL_MISMATCH);
        }
        packet.verified(next);
        return Optional.empty();
    }

    /** Where to go on in the path after this template ({@code xfrm_policy_ok}). */
    private static int match(Template template, Packet packet, int start, Family family, IfId ifId) {
        boolean optional = template.level().isOptional();
        if (optional && template.mode().equals(Mode.TRANSPORT)) {
            return start;
        }
        List<SecurityAssociation> path = packet.path();
        for (int i = start; i < path.size(); i++) {
            if (TemplateMatch.accepts(template, path.get(i), family, ifId)) {
                return i + 1;
            }
            // A tunnel that an earlier check has accounted for may be passed over, another may not.
            if (!path.get(i).mode().equals(Mode.TRANSPORT) && i >= packet.verified()) {
                break;
            }
        }
        return optional ? start : NO_MATCH;
    }
}
