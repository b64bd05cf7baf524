package org.xfrmctl.manager.plan;

import java.util.stream.Collectors;
import org.xfrmctl.model.ExtraFlag;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/** States and policies on one line, in the words and the order of {@code ip xfrm}; without keys. */
final class Notation {
    private Notation() {}

    static String of(XfrmState state) {
        StringBuilder text = new StringBuilder("state " + state);
        for (StateFlag flag : StateFlag.values()) {
            if (state.flags().has(flag)) {
                text.append(" flag ").append(flag);
            }
        }
        for (ExtraFlag flag : ExtraFlag.values()) {
            if (state.flags().has(flag)) {
                text.append(" extra-flag ").append(flag);
            }
        }
        if (state.replay().window() != 0) {
            text.append(" replay-window ").append(state.replay().window());
        }
        if (!state.mark().isNone()) {
            text.append(" mark ").append(state.mark());
        }
        state.options()
                .outputMark()
                .ifPresent(mark -> text.append(" output-mark ").append(mark));
        if (!state.ifId().isNone()) {
            text.append(" if_id ").append(state.ifId());
        }
        if (!state.selector().isEmpty()) {
            text.append(" sel ").append(state.selector());
        }
        return text.toString();
    }

    static String of(XfrmPolicy policy) {
        return "policy " + policy.key() + (policy.action() == PolicyAction.BLOCK ? " action block" : "") + " priority "
                + Integer.toUnsignedString(policy.priority())
                + policy.templates().stream().map(Notation::of).collect(Collectors.joining());
    }

    private static String of(Template template) {
        return " tmpl"
                + (template.mode().equals(Mode.TRANSPORT)
                        ? ""
                        : " src " + template.source() + " dst " + template.destination())
                + " proto " + template.protocol() + " reqid " + template.reqid() + " mode " + template.mode()
                + (template.level().equals(Level.USE) ? " level use" : "");
    }

    static String of(LifetimeLimits limits) {
        return "bytes " + amount(limits.bytes()) + " packets " + amount(limits.packets()) + " seconds "
                + Long.toUnsignedString(limits.addSeconds().soft()) + "/"
                + Long.toUnsignedString(limits.addSeconds().hard());
    }

    private static String amount(LifetimeLimits.Limit limit) {
        return amount(limit.soft()) + "/" + amount(limit.hard());
    }

    private static String amount(long limit) {
        return limit == LifetimeLimits.INFINITE ? "INF" : Long.toUnsignedString(limit);
    }
}
