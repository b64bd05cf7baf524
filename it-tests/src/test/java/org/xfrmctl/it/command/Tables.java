package org.xfrmctl.it.command;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.xfrm.PolicyCodec;
import org.xfrmctl.netlink.xfrm.StateCodec;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/** What a namespace holds, as lines: each object by its name and by all bytes of its dump but the times. */
final class Tables {
    private Tables() {}

    static List<String> lines(XfrmClient client) {
        List<String> lines = new ArrayList<>();
        for (XfrmState state : client.listStates()) {
            XfrmState timeless = state.toBuilder().current(LifetimeCurrent.NONE).build();
            lines.add("state " + state + " " + hex(XfrmMsg.NEWSA, out -> StateCodec.encodeDump(timeless, out)));
        }
        for (XfrmPolicy policy : client.listPolicies()) {
            XfrmPolicy timeless = policy.toBuilder()
                    .current(LifetimeCurrent.NONE)
                    .index(index(policy))
                    .build();
            lines.add("policy " + policy + " " + hex(XfrmMsg.NEWPOLICY, out -> PolicyCodec.encodeDump(timeless, out)));
        }
        lines.add("defaults " + client.getDefaults());
        lines.add("policies " + client.countPolicies().policies() + " from "
                + client.countPolicies().hash().ipv4() + " and "
                + client.countPolicies().hash().ipv6());
        return lines;
    }

    /** A kernel counts all namespaces with one number; only what was asked for is the same in two. */
    private static int index(XfrmPolicy policy) {
        return policy.index() >= PolicyLines.FIRST_INDEX ? policy.index() : 0;
    }

    private static String hex(int type, Consumer<MessageWriter> content) {
        MessageWriter out = new MessageWriter();
        out.begin(type, 0, 0, 0);
        content.accept(out);
        var datagram = out.end().datagram();
        byte[] bytes = new byte[datagram.remaining()];
        datagram.get(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
