package org.xfrmctl.manager.doctor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xfrmctl.manager.status.TemplateStates;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/**
 * Which states and policies belong together ({@link TemplateStates}), found by the reqid and if_id that tie them: with
 * thousands of either not each is held against each.
 */
final class Ties {
    private record Tie(Reqid reqid, IfId ifId) {}

    private final List<XfrmState> states;
    private final Map<Tie, List<XfrmState>> byTie;
    private final Map<Tie, List<XfrmPolicy>> leading = new HashMap<>();

    /** Between these, and no others. */
    Ties(List<XfrmState> states, Stream<XfrmPolicy> policies) {
        this.states = states;
        byTie = states.stream().collect(Collectors.groupingBy(state -> new Tie(state.reqid(), state.ifId())));
        policies.forEach(policy -> policy.templates().stream()
                .map(template -> new Tie(template.reqid(), policy.ifId()))
                .distinct()
                .forEach(tie ->
                        leading.computeIfAbsent(tie, each -> new ArrayList<>()).add(policy)));
    }

    /** The first state that a policy's template leads to. */
    Optional<XfrmState> state(XfrmPolicy policy, Template template) {
        List<XfrmState> candidates = template.reqid().equals(Reqid.NONE)
                ? states
                : byTie.getOrDefault(new Tie(template.reqid(), policy.ifId()), List.of());
        return candidates.stream()
                .filter(state -> TemplateStates.leadsTo(policy, template, state))
                .findFirst();
    }

    /** The first template of a policy that must have a state and has none. */
    Optional<Template> lonely(XfrmPolicy policy) {
        return policy.templates().stream()
                .filter(template -> !template.level().isOptional()
                        && state(policy, template).isEmpty())
                .findFirst();
    }

    /** Whether a policy leads to a state. */
    boolean isLedTo(XfrmState state) {
        return Stream.of(state.reqid(), Reqid.NONE)
                .distinct()
                .flatMap(reqid -> leading.getOrDefault(new Tie(reqid, state.ifId()), List.of()).stream())
                .anyMatch(policy ->
                        policy.templates().stream().anyMatch(each -> TemplateStates.leadsTo(policy, each, state)));
    }
}
