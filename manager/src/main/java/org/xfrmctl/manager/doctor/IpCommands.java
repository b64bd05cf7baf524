package org.xfrmctl.manager.doctor;

import java.util.stream.Collectors;
import org.xfrmctl.manager.compile.ReqidBand;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/** Commands of iproute2 for what is to be mended, and its words for what was seen. */
final class IpCommands {
    private IpCommands() {}

    /** Puts {@code policy} in place of the one with its name. */
    static String update(XfrmPolicy policy) {
        return "ip xfrm policy update " + words(policy);
    }

    static String add(XfrmPolicy policy) {
        return "ip xfrm policy add " + words(policy);
    }

    static String delete(XfrmPolicy policy) {
        return "ip xfrm policy delete " + name(policy);
    }

    private static String name(XfrmPolicy policy) {
        return policy.selector() + " dir " + policy.direction() + mark(policy.mark())
                + (policy.ifId().equals(IfId.NONE) ? "" : " if_id " + policy.ifId());
    }

    private static String words(XfrmPolicy policy) {
        return name(policy) + " priority " + Integer.toUnsignedString(policy.priority())
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
        return "state " + state;
    }

    /** Whether it was made from a definition of ours: then the definition is what to change. */
    static boolean isOurs(XfrmPolicy policy) {
        return policy.templates().stream().map(Template::reqid).anyMatch(ReqidBand::contains);
    }

    static boolean isOurs(XfrmState state) {
        return ReqidBand.contains(state.reqid());
    }
}
