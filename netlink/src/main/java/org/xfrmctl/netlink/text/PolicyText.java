package org.xfrmctl.netlink.text;

import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.xfrm.PolicyCodec;

/** Prints a policy as {@code ip xfrm policy} prints the message in which a kernel would dump it. */
public final class PolicyText {
    private PolicyText() {}

    /** All lines of one policy, ending with a line break. */
    public static String print(XfrmPolicy policy, TextOptions options) {
        return DumpedText.print(XfrmMsg.NEWPOLICY, out -> PolicyCodec.encodeDump(policy, out), options);
    }
}
