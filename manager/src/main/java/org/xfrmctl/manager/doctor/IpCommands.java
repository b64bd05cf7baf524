package org.xfrmctl.manager.doctor;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xfrmctl.manager.compile.ReqidBand;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.PolicyFlags;
import org.xfrmctl.model.PortMatch;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/** Commands of iproute2 for what is to be mended, and its words for what was seen. */
final class IpCommands {
    private IpCommands() {}

    /** Puts {@code policy} in place of the one with its name; advice where {@code ip} has no words for all that it holds. */
    static Finding.Fix update(XfrmPolicy policy) {
        return isSayable(policy)
                ? Finding.Fix.command("ip xfrm policy update " + words(policy))
                : Finding.Fix.advice("Whoever made it must make it as: " + words(policy));
    }

    static Finding.Fix add(XfrmPolicy policy) {
        return isSayable(policy)
                ? Finding.Fix.command("ip xfrm policy add " + words(policy))
                : Finding.Fix.advice("This is missing: " + words(policy));
    }

    static Finding.Fix delete(XfrmState state) {
        return Finding.Fix.command(
                "ip xfrm state delete src " + state.source() + " " + state.id() + mark(state.mark()));
    }

    /** An update says everything about a policy: what it leaves out is gone. */
    private static boolean isSayable(XfrmPolicy policy) {
        return policy.selector().binding().equals(Selector.Binding.NONE)
                && Stream.of(policy.selector().sourcePort(), policy.selector().destinationPort())
                        .allMatch(port -> port.equals(PortMatch.ANY) || port.mask() == 0xffff)
                && policy.flags().equals(PolicyFlags.NONE)
                && policy.limits().equals(LifetimeLimits.UNLIMITED)
                && policy.offload().isEmpty()
                && policy.label().isEmpty();
    }

    private static String words(XfrmPolicy policy) {
        return policy.selector() + " dir " + policy.direction() + mark(policy.mark())
                + (policy.ifId().equals(IfId.NONE) ? "" : " if_id " + policy.ifId())
                + (policy.action() == PolicyAction.BLOCK ? " action block" : "")
                + " priority " + Integer.toUnsignedString(policy.priority())
                + policy.templates().stream().map(template -> " " + template).collect(Collectors.joining());
    }

    private static String mark(Mark mark) {
        return mark.equals(Mark.NONE)
                ? ""
                : " mark 0x" + Integer.toHexString(mark.value()) + " mask 0x" + Integer.toHexString(mark.mask());
    }

    /** A policy as {@code ip xfrm policy} shows it, on one line. */
    static String line(XfrmPolicy policy) {
        return "policy " + words(policy);
    }

    /** A state as {@code ip xfrm state} shows it, on one line, without keys. */
    static String line(XfrmState state) {
        return "state " + state + mark(state.mark());
    }

    /** Whether it was made from a definition of ours: then the definition is what to change. */
    static boolean isOurs(XfrmPolicy policy) {
        return policy.templates().stream().map(Template::reqid).anyMatch(ReqidBand::contains);
    }

    static boolean isOurs(XfrmState state) {
        return ReqidBand.contains(state.reqid());
    }
}
