package org.xfrmctl.netlink.text;

import org.xfrmctl.netlink.uapi.XfrmUserSecCtx;
import org.xfrmctl.netlink.uapi.Xfrma;

/** The label that a security module gave a state or policy. */
final class SecurityContextLine {
    private SecurityContextLine() {}

    /** The line begins with a tab whatever stands before the others. Too short an attribute is read all the same. */
    static void print(TextPage page, FirstAttributes attributes) {
        if (!attributes.has(Xfrma.SEC_CTX)) {
            return;
        }
        page.put("\tsecurity context ");
        int head = XfrmUserSecCtx.CODEC.size();
        if (attributes.length(Xfrma.SEC_CTX) < head) {
            page.put("(ERROR truncated)");
        }
        int length = Short.toUnsignedInt(
                attributes.struct(Xfrma.SEC_CTX, XfrmUserSecCtx.CODEC).ctxLen());
        attributes.message().text(page, attributes.start(Xfrma.SEC_CTX) + head, length, attributes.end(Xfrma.SEC_CTX));
        page.put(' ').newline();
    }
}
