package org.xfrmctl.manager.migrate.ipxfrm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xfrmctl.manager.migrate.draft.Findings;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;

/** Puts policies together that are one child's. What can be no child's is told. */
final class Flows {
    private static final String ADVICE = "keep it beside the definition; \"xfrmctl policy add\" makes it";

    private final Map<Flow.Key, Flow> flows = new LinkedHashMap<>();
    private final List<Found.Policy> open = new ArrayList<>();
    private final Findings findings;

    private Flows(Findings findings) {
        this.findings = findings;
    }

    /** The flows that have an outbound policy, in the order of these. */
    static List<Flow> of(Found found, Findings findings) {
        Flows flows = new Flows(findings);
        found.policies().forEach(flows::add);
        flows.open.forEach(flows::forwardOut);
        return flows.whole();
    }

    private void add(Found.Policy each) {
        XfrmPolicy policy = each.policy();
        if (policy.action() == PolicyAction.BLOCK) {
            findings.add(each.origin(), "it blocks, and protects nothing", ADVICE);
        } else if (hasGreKey(policy.selector())) {
            findings.add(each.origin(), "a child's selectors have no key of GRE", ADVICE);
        } else if (policy.templates().isEmpty()) {
            open.add(each);
        } else if (!isOfAChild(policy.templates())) {
            findings.add(
                    each.origin(),
                    "a child's templates are ESP, or IPComp in ESP, in tunnel or transport mode",
                    ADVICE);
        } else {
            key(policy)
                    .ifPresentOrElse(
                            key -> list(key, policy.direction()).add(each),
                            () -> findings.add(
                                    each.origin(),
                                    "in transport mode a child protects two hosts, and this is about more",
                                    ADVICE));
        }
    }

    /** It stands where others have their ports. */
    private static boolean hasGreKey(Selector selector) {
        return selector.proto().equals(IpProtocol.GRE)
                && (selector.sourcePort().mask() != 0
                        || selector.destinationPort().mask() != 0);
    }

    private List<Found.Policy> list(Flow.Key key, Direction direction) {
        Flow flow = flows.computeIfAbsent(key, Flow::new);
        return direction == Direction.OUT ? flow.out() : direction == Direction.IN ? flow.in() : flow.forward();
    }

    private static boolean isOfAChild(List<Template> templates) {
        Template last = templates.get(templates.size() - 1);
        Template first = templates.get(0);
        boolean mode = first.mode().equals(Mode.TUNNEL) || first.mode().equals(Mode.TRANSPORT);
        if (!mode || !last.protocol().equals(IpProtocol.ESP)) {
            return false;
        }
        return templates.size() == 1
                || (templates.size() == 2
                        && first.protocol().equals(IpProtocol.COMP)
                        && last.mode().equals(Mode.TRANSPORT));
    }

    private static Optional<Flow.Key> key(XfrmPolicy policy) {
        Template first = policy.templates().get(0);
        Template last = policy.templates().get(policy.templates().size() - 1);
        IpAddress source = first.source();
        IpAddress destination = first.destination();
        if (first.mode().equals(Mode.TRANSPORT)) {
            Selector selector = policy.selector();
            if (!isHost(selector.source()) || !isHost(selector.destination())) {
                return Optional.empty();
            }
            source = selector.source().address();
            destination = selector.destination().address();
        }
        boolean outward = policy.direction() == Direction.OUT;
        return Optional.of(new Flow.Key(
                last.reqid(),
                outward ? source : destination,
                outward ? destination : source,
                first.mode(),
                policy.templates().size() == 2));
    }

    private static boolean isHost(IpPrefix prefix) {
        return prefix.length() == prefix.family().bits();
    }

    /** An open forward policy is a child's if it says what an outbound one says. */
    private void forwardOut(Found.Policy each) {
        XfrmPolicy policy = each.policy();
        Optional<Flow> flow = policy.direction() != Direction.FWD
                ? Optional.empty()
                : flows.values().stream()
                        .filter(any -> any.out().stream()
                                .map(Found.Policy::policy)
                                .anyMatch(out -> out.selector().equals(policy.selector())
                                        && out.mark().equals(policy.mark())
                                        && out.ifId().equals(policy.ifId())))
                        .findFirst();
        flow.ifPresentOrElse(
                any -> any.forwardOut().add(each),
                () -> findings.add(each.origin(), "it lets traffic pass in clear, and protects nothing", ADVICE));
    }

    private List<Flow> whole() {
        List<Flow> whole = new ArrayList<>();
        for (Flow flow : flows.values()) {
            if (flow.out().isEmpty()) {
                flow.all()
                        .forEach(each -> findings.add(
                                each.origin(),
                                "no policy with dir out asks for the same states, so it is no child's",
                                ADVICE));
            } else {
                whole.add(flow);
            }
        }
        return whole;
    }
}
