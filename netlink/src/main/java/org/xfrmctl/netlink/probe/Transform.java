package org.xfrmctl.netlink.probe;

import java.util.Optional;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.XfrmState;

/**
 * A protocol over IPv4 or IPv6.
 *
 * @param works algorithms that it was found to work with; there are some exactly if it is there
 */
record Transform(IpProtocol protocol, IpAddress any, Support support, Optional<Suite> works) {
    /** A state with these algorithms. */
    XfrmState.Builder state(Suite suite) {
        return Rehearsals.state(protocol, any).algorithms(suite.algorithms());
    }
}
