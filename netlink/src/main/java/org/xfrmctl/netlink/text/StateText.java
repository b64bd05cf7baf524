package org.xfrmctl.netlink.text;

import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.xfrm.StateCodec;

/** Prints a state as {@code ip xfrm state} prints the message in which a kernel would dump it. */
public final class StateText {
    private StateText() {}

    /** All lines of one state, ending with a line break. */
    public static String print(XfrmState state, TextOptions options) {
        return DumpedText.print(XfrmMsg.NEWSA, out -> StateCodec.encodeDump(state, out), options);
    }
}
