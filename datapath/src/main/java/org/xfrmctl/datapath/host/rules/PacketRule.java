package org.xfrmctl.datapath.host.rules;

import java.util.OptionalInt;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.Selector;

/** One rule that changes packets. */
public sealed interface PacketRule {
    /** Where on its way a packet meets a rule about its MSS: netfilter's hooks of these names. */
    enum Hook {
        /** For this host, out of states with the rule's reqid. */
        INPUT,
        /** For others, out of states with the rule's reqid. */
        FORWARD,
        /** About to go through states with the rule's reqid. */
        POSTROUTING
    }

    Selector selector();

    /**
     * Lowers the MSS of a SYN that says more.
     *
     * @param byRoute to what the ways of both directions leave, as this host knows them
     * @param most to this many bytes
     */
    record ClampMss(Hook hook, Selector selector, Reqid reqid, boolean byRoute, OptionalInt most)
            implements PacketRule {}

    /** Sets DF in an IPv4 header that has none and is no fragment's, on packets that start here. */
    record SetDf(Selector selector) implements PacketRule {}
}
