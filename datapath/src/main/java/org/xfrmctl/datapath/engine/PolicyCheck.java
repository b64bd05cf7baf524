package org.xfrmctl.datapath.engine;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmCounter;

/**
 * Whether a packet came through the transforms that policy asks for ({@code __xfrm_policy_check}; RFC 4301, section
 * 5.2, step 4).
 */
final class PolicyCheck {
    private static final int NO_MATCH = -1;

    private final XfrmNamespace namespace;
    private final DecisionWatch watch;
    private final KnownFlows flows = new KnownFlows();

    PolicyCheck(XfrmNamespace namespace, DecisionWatch watch) {
        this.namespace = namespace;
        this.watch = watch;
    }

    /** The counter to raise if the packet must be dropped. */
    Optional<XfrmCounter> check(Packet packet, Direction direction, long now) {
        if (namespace.policies().count(direction) == 0
                && packet.depth() == 0
                && namespace.defaultAction(direction) == PolicyAction.ALLOW) {
            return Optional.empty();
        }
        FlowKey flow = flows.of(packet, packet.ifId(), direction == Direction.IN);
        if (flow == null) {
            return Optional.of(XfrmCounter.IN_HDR_ERROR);
        }
        for (int i = 0; i < packet.depth(); i++) {
            if (!flow.matchesAsOwn(packet.passed(i).definition().selector())) {
                watch.uncovered(packet.passed(i));
                return Optional.of(XfrmCounter.IN_STATE_MISMATCH);
            }
        }
        PolicyEntry policy = namespace.policies().first(direction, flow);
        return policy == null ? withoutPolicy(packet, direction) : judge(packet, flow, policy, now);
    }

    private Optional<XfrmCounter> withoutPolicy(Packet packet, Direction direction) {
        boolean blocked = namespace.defaultAction(direction) == PolicyAction.BLOCK;
        return blocked || hasTunnel(packet, 0) ? Optional.of(XfrmCounter.IN_NO_POLS) : Optional.empty();
    }

    private Optional<XfrmCounter> judge(Packet packet, FlowKey flow, PolicyEntry policy, long now) {
        policy.touch(now);
        // The main one is asked for among those inbound, in transit, too.
        PolicyEntry main = policy.type() == PolicyType.SUB
                ? namespace
                        .policies()
                        .match(Direction.IN, PolicyType.MAIN, flow)
                        .orElse(null)
                : null;
        if (main != null) {
            main.touch(now);
        }
        if (blocks(policy) || (main != null && blocks(main))) {
            return Optional.of(XfrmCounter.IN_POL_BLOCK);
        }
        List<Template> templates = policy.definition().templates();
        if (main != null) {
            templates = both(templates, main.definition().templates(), flow.family());
        }
        if (templates.size() >= Packet.MAX_DEPTH) {
            return Optional.of(XfrmCounter.IN_BUFFER_ERROR);
        }
        return account(packet, templates, flow.family(), policy.definition().ifId());
    }

    private static boolean blocks(PolicyEntry policy) {
        return policy.definition().action() == PolicyAction.BLOCK;
    }

    /** Those of two policies; on IPv6 the ones of transport mode come first ({@code xfrm_tmpl_sort()}). */
    private static List<Template> both(List<Template> first, List<Template> second, Family family) {
        Stream<Template> all = Stream.concat(first.stream(), second.stream());
        return (family == Family.INET6 ? all.sorted(Comparator.comparingInt(PolicyCheck::rank)) : all).toList();
    }

    /** {@code __xfrm6_tmpl_sort_cmp()}. */
    private static int rank(Template template) {
        Mode mode = template.mode();
        if (mode.equals(Mode.TRANSPORT)) {
            return 0;
        }
        return mode.equals(Mode.TUNNEL) || mode.equals(Mode.BEET) ? 2 : 1;
    }

    /** Template by template from the outermost, association by association; no tunnel may be left over. */
    private Optional<XfrmCounter> account(Packet packet, List<Template> templates, Family family, IfId ifId) {
        int next = 0;
        for (int i = templates.size() - 1; i >= 0; i--) {
            next = match(templates.get(i), packet, next, family, ifId);
            if (next == NO_MATCH) {
                watch.unmet(templates.get(i), packet.path());
                return Optional.of(XfrmCounter.IN_TMPL_MISMATCH);
            }
        }
        int tunnel = tunnel(packet, next);
        if (tunnel != NO_MATCH) {
            watch.leftOver(packet.passed(tunnel));
            return Optional.of(XfrmCounter.IN_TMPL_MISMATCH);
        }
        packet.verified(next);
        return Optional.empty();
    }

    private static boolean hasTunnel(Packet packet, int start) {
        return tunnel(packet, start) != NO_MATCH;
    }

    /** The first tunnel among the associations from {@code start} on. */
    private static int tunnel(Packet packet, int start) {
        for (int i = start; i < packet.depth(); i++) {
            if (!packet.passed(i).mode().equals(Mode.TRANSPORT)) {
                return i;
            }
        }
        return NO_MATCH;
    }

    /** Where to go on in the path after this template ({@code xfrm_policy_ok}). */
    private static int match(Template template, Packet packet, int start, Family family, IfId ifId) {
        boolean optional = template.level().isOptional();
        if (optional && template.mode().equals(Mode.TRANSPORT)) {
            return start;
        }
        for (int i = start; i < packet.depth(); i++) {
            if (TemplateMatch.accepts(template, packet.passed(i), family, ifId)) {
                return i + 1;
            }
            // A tunnel that an earlier check has accounted for may be passed over, another may not.
            if (!packet.passed(i).mode().equals(Mode.TRANSPORT) && i >= packet.verified()) {
                break;
            }
        }
        return optional ? start : NO_MATCH;
    }
}
