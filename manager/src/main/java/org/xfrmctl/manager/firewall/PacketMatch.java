package org.xfrmctl.manager.firewall;

import java.util.Optional;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.Selector;

/**
 * Which packets a rule is about.
 *
 * @param protection empty where it does not matter, as for ESP itself
 * @param leavingBy the XFRM interface that they leave by, where XFRM has not been asked yet
 */
public record PacketMatch(Selector selector, Optional<Protection> protection, Optional<String> leavingBy) {

    /** What XFRM has done ({@code IN}) or is about to do ({@code OUT}), by states with this reqid. */
    public record Protection(Direction direction, Reqid reqid) {}

    static PacketMatch of(Selector selector) {
        return new PacketMatch(selector, Optional.empty(), Optional.empty());
    }

    static PacketMatch of(Selector selector, Direction direction, Reqid reqid) {
        return new PacketMatch(selector, Optional.of(new Protection(direction, reqid)), Optional.empty());
    }

    static PacketMatch leavingBy(Selector selector, String device) {
        return new PacketMatch(selector, Optional.empty(), Optional.of(device));
    }
}
