package org.xfrmctl.manager.mtu;

import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;

/** One address for many: some host that a selector is about. */
final class FlowEnds {
    private FlowEnds() {}

    /** The peer itself if the prefix holds it, for it surely has a route; else the prefix's first host. */
    static IpAddress destination(IpPrefix prefix, IpAddress peer) {
        if (prefix.family() == peer.family() && prefix.contains(peer)) {
            return peer;
        }
        byte[] bytes = prefix.network().address().toBytes();
        if (prefix.length() < prefix.family().bits()) {
            bytes[bytes.length - 1] |= 1;
        }
        return IpAddress.of(bytes);
    }
}
