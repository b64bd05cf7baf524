package org.xfrmctl.manager.migrate.ipxfrm;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xfrmctl.manager.compile.PolicyPriority;
import org.xfrmctl.manager.migrate.draft.Draft;
import org.xfrmctl.manager.migrate.draft.Findings;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.ExtraFlag;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.LifetimeLimits.Limit;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/** Says what a flow and its states are in the options of a child, but for SAs and suite. */
final class FlowChild {
    private final Flow flow;
    private final FlowStates states;
    private final Draft.Entry child;
    private final Findings findings;

    FlowChild(Flow flow, FlowStates states, Draft.Entry child, Findings findings) {
        this.flow = flow;
        this.states = states;
        this.child = child;
        this.findings = findings;
    }

    void put() {
        FlowTraffic traffic = FlowTraffic.of(flow);
        child.put("local_ts", traffic.local());
        child.put("remote_ts", traffic.remote());
        traffic.left()
                .forEach(each -> findings.add(
                        each.origin(),
                        "a child pairs each local selector with each remote one, and this pair would make more",
                        "give it states and a reqid of its own"));
        child.put("mode", flow.key().mode().toString());
        putIf(flow.key().compressed(), "ipcomp", "yes");
        level();
        priority();
        putIf(
                !flow.key().reqid().equals(Reqid.NONE),
                "reqid",
                flow.key().reqid().toString());
        putIf(!flow.forwardOut().isEmpty(), "policies_fwd_out", "yes");
        marks();
        headers();
        esp();
    }

    private void putIf(boolean said, String key, Object value) {
        if (said) {
            child.put(key, value.toString());
        }
    }

    /** What passes unprotected does so only where it did in every policy. */
    private void level() {
        Set<Level> levels = Stream.concat(flow.in().stream(), flow.forward().stream())
                .flatMap(each -> each.policy().templates().stream())
                .map(Template::level)
                .collect(Collectors.toSet());
        if (levels.equals(Set.of(Level.USE))) {
            child.put("level", "use");
        } else if (flow.key().compressed() && levels.equals(Set.of(Level.REQUIRED))) {
            child.put("level", "required");
        } else {
            child.put("level", "auto");
        }
    }

    /** Written if it is not what a child has by itself. */
    private void priority() {
        boolean computed = flow.all().stream()
                .map(Found.Policy::policy)
                .allMatch(policy -> policy.priority()
                        == (policy.templates().isEmpty()
                                ? PolicyPriority.withoutTemplates(policy.selector())
                                : PolicyPriority.of(policy.selector())));
        int first = flow.out().get(0).policy().priority();
        if (!computed && first != 0) {
            child.put("priority", Integer.toUnsignedString(first));
        }
    }

    private void marks() {
        XfrmPolicy out = flow.out().get(0).policy();
        putIf(!out.mark().equals(Mark.NONE), "mark_out", out.mark());
        putIf(!out.ifId().equals(IfId.NONE), "if_id_out", out.ifId());
        flow.in().stream().findFirst().map(Found.Policy::policy).ifPresent(in -> {
            putIf(!in.mark().equals(Mark.NONE), "mark_in", in.mark());
            putIf(!in.ifId().equals(IfId.NONE), "if_id_in", in.ifId());
        });
        setMark("set_mark_out", states.espOut());
        setMark("set_mark_in", states.espIn());
    }

    private void setMark(String key, Optional<Found.State> found) {
        found.flatMap(each -> each.state().options().outputMark()).ifPresent(mark -> child.put(key, mark.toString()));
    }

    /** What the outer header copies is a matter of the state that makes it. */
    private void headers() {
        Optional<XfrmState> out = tunnel(Direction.OUT);
        Optional<XfrmState> in = tunnel(Direction.IN);
        boolean noEcn = out.or(() -> in)
                .filter(state -> state.flags().has(StateFlag.NOECN))
                .isPresent();
        putIf(noEcn, "copy_ecn", "no");
        putIf(out.filter(state -> state.flags().has(StateFlag.NOPMTUDISC)).isPresent(), "copy_df", "no");
        boolean inward =
                in.filter(state -> state.flags().has(StateFlag.DECAP_DSCP)).isPresent();
        boolean outward = out.filter(state -> state.flags().has(ExtraFlag.DONT_ENCAP_DSCP))
                .isEmpty();
        putIf(inward || !outward, "copy_dscp", inward ? (outward ? "yes" : "in") : "no");
    }

    private Optional<XfrmState> tunnel(Direction direction) {
        boolean out = direction == Direction.OUT;
        Optional<Found.State> comp = out ? states.compOut() : states.compIn();
        return comp.or(() -> out ? states.espOut() : states.espIn()).map(Found.State::state);
    }

    private void esp() {
        states.espIn()
                .map(Found.State::state)
                .ifPresent(state -> child.put(
                        "replay_window", Integer.toString(state.replay().window())));
        states.espOut().map(Found.State::state).ifPresent(state -> {
            int pad = state.options().extras().tfcPad();
            putIf(pad != 0, "tfc_padding", pad);
            limits(state.limits()).forEach(child::put);
        });
    }

    private static Map<String, Object> limits(LifetimeLimits limits) {
        Map<String, Object> options = new LinkedHashMap<>();
        limit(options, "time", limits.addSeconds(), 0);
        limit(options, "bytes", limits.bytes(), LifetimeLimits.INFINITE);
        limit(options, "packets", limits.packets(), LifetimeLimits.INFINITE);
        return options;
    }

    private static void limit(Map<String, Object> options, String unit, Limit limit, long never) {
        if (limit.soft() != never) {
            options.put("rekey_" + unit, Long.toUnsignedString(limit.soft()));
        }
        if (limit.hard() != never) {
            options.put("life_" + unit, Long.toUnsignedString(limit.hard()));
        }
    }
}
