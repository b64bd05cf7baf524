package org.xfrmctl.datapath.kernel;

import static org.xfrmctl.datapath.kernel.RequestRefusedException.invalid;

import java.util.List;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.netlink.message.Attributes;
import org.xfrmctl.netlink.uapi.XfrmUserTmpl;
import org.xfrmctl.netlink.uapi.XfrmUserpolicyInfo;
import org.xfrmctl.netlink.uapi.XfrmUserpolicyType;
import org.xfrmctl.netlink.uapi.Xfrma;
import org.xfrmctl.netlink.xfrm.TemplateMapping;

/** Whether NEWPOLICY or UPDPOLICY makes sense; the first thing wrong decides the answer. */
final class PolicyChecks {
    private static final int MAX_SHARE = 3;
    private static final int MAX_TEMPLATES = 6;
    private static final int MAX_DIRECTION = 2;
    private static final int MODES = 5;

    private PolicyChecks() {}

    /** {@code verify_newpolicy_info()}, {@code copy_from_user_policy_type()}, {@code validate_tmpl()}, in that order. */
    static void check(XfrmUserpolicyInfo info, Attributes attributes) {
        if (Byte.toUnsignedInt(info.share()) > MAX_SHARE) {
            throw invalid("Invalid policy share");
        }
        if (Byte.toUnsignedInt(info.action()) > 1) {
            throw invalid("Invalid policy action");
        }
        short family = info.sel().family();
        if (family != Family.INET.number() && family != Family.INET6.number()) {
            throw invalid("Invalid selector family");
        }
        SelectorChecks.checkPrefixes(info.sel(), family == Family.INET.number());
        direction(info.dir());
        if (info.index() != 0 && (info.index() & 7) != info.dir()) {
            throw invalid("Policy index doesn't match direction");
        }
        SelectorChecks.checkLabel(attributes);
        type(attributes);
        templates(TemplateMapping.readRaw(attributes), family, info.dir());
    }

    static Direction direction(byte number) {
        if (Byte.toUnsignedInt(number) > MAX_DIRECTION) {
            throw invalid("Invalid policy direction");
        }
        return Direction.of(number).orElseThrow();
    }

    /** {@code XFRMA_POLICY_TYPE}, main if it is absent. */
    static PolicyType type(Attributes attributes) {
        int number = attributes
                .find(Xfrma.POLICY_TYPE)
                .map(attribute -> Byte.toUnsignedInt(
                        attribute.struct(XfrmUserpolicyType.CODEC).type()))
                .orElse(0);
        if (number >= PolicyType.values().length) {
            throw invalid("Invalid policy type");
        }
        return PolicyType.values()[number];
    }

    private static void templates(List<XfrmUserTmpl> templates, short selectorFamily, byte direction) {
        if (templates.size() > MAX_TEMPLATES) {
            throw invalid("Template count must be <= XFRM_MAX_DEPTH (6)");
        }
        short before = selectorFamily;
        for (XfrmUserTmpl template : templates) {
            short family = template.family() == 0 ? selectorFamily : template.family();
            template(template, family, before, direction == Direction.OUT.number());
            before = family;
        }
    }

    private static void template(XfrmUserTmpl template, short family, short before, boolean outbound) {
        if (template.mode() == Mode.TUNNEL.number() || template.mode() == Mode.BEET.number()) {
            if (outbound && template.optional() != 0) {
                throw invalid("Mode in optional template not allowed in outbound policy");
            }
        } else if (family != before) {
            throw invalid("Mode in template doesn't support a family change");
        }
        if (Byte.toUnsignedInt(template.mode()) >= MODES) {
            throw invalid("Mode in template must be < XFRM_MODE_MAX (5)");
        }
        if (family != Family.INET.number() && family != Family.INET6.number()) {
            throw invalid("Invalid family in template");
        }
        switch (Byte.toUnsignedInt(template.id().proto())) {
            case 50, 51, 108, 43, 60 -> {}
            default -> throw invalid("Invalid XFRM protocol in template");
        }
    }
}
