package org.xfrmctl.netlink.text;

import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.uapi.XfrmUserPolexpire;
import org.xfrmctl.netlink.uapi.XfrmUserpolicyId;
import org.xfrmctl.netlink.uapi.XfrmUserpolicyInfo;
import org.xfrmctl.netlink.uapi.XfrmUserpolicyType;
import org.xfrmctl.netlink.uapi.Xfrma;

/** The messages about policies: NEWPOLICY, UPDPOLICY, DELPOLICY and POLEXPIRE. */
final class PolicyMessages {
    private PolicyMessages() {}

    static void printNew(TextPage page, MessageView message, int type) {
        if (!message.hasBody(page, XfrmUserpolicyInfo.CODEC)) {
            return;
        }
        FirstAttributes attributes = FirstAttributes.behind(XfrmUserpolicyInfo.CODEC, message, page);
        if (hasWholeType(page, attributes)) {
            page.put(type == XfrmMsg.UPDPOLICY ? "Updated " : "");
            new PolicyLines(page, "", attributes).print(message.body(XfrmUserpolicyInfo.CODEC));
            page.finish();
        }
    }

    /** The policy lies in an attribute. */
    static void printDeleted(TextPage page, MessageView message) {
        if (!message.hasBody(page, XfrmUserpolicyId.CODEC)) {
            return;
        }
        FirstAttributes attributes = FirstAttributes.behind(XfrmUserpolicyId.CODEC, message, page);
        if (!hasWholeType(page, attributes)) {
            return;
        }
        page.put("Deleted ");
        if (attributes.holds(page, Xfrma.POLICY, XfrmUserpolicyInfo.CODEC)) {
            new PolicyLines(page, "", attributes).print(attributes.struct(Xfrma.POLICY, XfrmUserpolicyInfo.CODEC));
            page.finish();
        }
    }

    static void printExpired(TextPage page, MessageView message) {
        if (!message.hasBody(page, XfrmUserPolexpire.CODEC)) {
            return;
        }
        FirstAttributes attributes = FirstAttributes.behind(XfrmUserPolexpire.CODEC, message, page);
        if (hasWholeType(page, attributes)) {
            XfrmUserPolexpire expired = message.body(XfrmUserPolexpire.CODEC);
            page.put("Expired ");
            new PolicyLines(page, "", attributes).print(expired.pol());
            page.put("\thard ").unsigned(expired.hard()).newline();
            page.finish();
        }
    }

    /** Without a type a policy is printed; with half of one it is not. */
    private static boolean hasWholeType(TextPage page, FirstAttributes attributes) {
        return !attributes.has(Xfrma.POLICY_TYPE)
                || attributes.holds(page, Xfrma.POLICY_TYPE, XfrmUserpolicyType.CODEC);
    }
}
