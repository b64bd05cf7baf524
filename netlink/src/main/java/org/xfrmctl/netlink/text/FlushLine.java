package org.xfrmctl.netlink.text;

import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.XfrmUsersaFlush;

/** That all states or policies were deleted (FLUSHSA, FLUSHPOLICY). */
final class FlushLine {
    private FlushLine() {}

    /** Protocol 0 stands for all. */
    static void printStates(TextPage page, MessageView message) {
        if (message.hasBody(page, XfrmUsersaFlush.CODEC)) {
            int protocol =
                    Byte.toUnsignedInt(message.body(XfrmUsersaFlush.CODEC).proto());
            page.put("Flushed state proto ").put(new IpProtocol(protocol).toString());
            page.newline().finish();
        }
    }

    static void printPolicies(TextPage page, MessageView message) {
        page.put("Flushed policy ");
        PolicyLines.type(page, FirstAttributes.read(message, NetlinkMessage.HEADER, page));
        page.newline().finish();
    }
}
