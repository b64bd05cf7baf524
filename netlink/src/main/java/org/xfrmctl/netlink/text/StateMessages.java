package org.xfrmctl.netlink.text;

import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.uapi.XfrmUserExpire;
import org.xfrmctl.netlink.uapi.XfrmUsersaId;
import org.xfrmctl.netlink.uapi.XfrmUsersaInfo;
import org.xfrmctl.netlink.uapi.Xfrma;

/** The messages about states: NEWSA, UPDSA, DELSA and EXPIRE. */
final class StateMessages {
    private StateMessages() {}

    static void printNew(TextPage page, MessageView message, int type) {
        if (!message.hasBody(page, XfrmUsersaInfo.CODEC)) {
            return;
        }
        page.put(type == XfrmMsg.UPDSA ? "Updated " : "");
        FirstAttributes attributes = FirstAttributes.behind(XfrmUsersaInfo.CODEC, message, page);
        new StateLines(page, attributes).print(NetlinkMessage.HEADER);
        page.finish();
    }

    /** The state lies in an attribute. */
    static void printDeleted(TextPage page, MessageView message) {
        if (!message.hasBody(page, XfrmUsersaId.CODEC)) {
            return;
        }
        page.put("Deleted ");
        FirstAttributes attributes = FirstAttributes.behind(XfrmUsersaId.CODEC, message, page);
        if (attributes.holds(page, Xfrma.SA, XfrmUsersaInfo.CODEC)) {
            new StateLines(page, attributes).print(attributes.start(Xfrma.SA));
            page.finish();
        }
    }

    static void printExpired(TextPage page, MessageView message) {
        if (!message.hasBody(page, XfrmUserExpire.CODEC)) {
            return;
        }
        page.put("Expired ");
        FirstAttributes attributes = FirstAttributes.behind(XfrmUserExpire.CODEC, message, page);
        // The state is the struct's first member.
        new StateLines(page, attributes).print(NetlinkMessage.HEADER);
        page.put("\thard ").unsigned(message.body(XfrmUserExpire.CODEC).hard()).newline();
        page.finish();
    }
}
