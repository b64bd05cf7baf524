package org.xfrmctl.datapath.engine;

import java.util.function.IntSupplier;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.datapath.wire.Ipv6Header;
import org.xfrmctl.model.ExtraFlag;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.StateFlags;

/**
 * What a tunnel's outer header takes over from the inner one ({@code xfrm4_tunnel_encap_add}, RFC 6040 section 4.1 in
 * the kernel's older reading: CE is not shown outside). One object serves all packets, one after the other: it keeps what
 * the transform in between makes unreadable.
 */
final class OuterHeader {
    private static final int CE = 3;
    private static final int ECT0 = 2;

    private int trafficClass;
    private boolean dontFragment;
    private boolean identified;
    private int flowLabel;

    /** Takes from the inner header what a tunnel of {@code association} shows outside. */
    void take(IpHeader inner, SecurityAssociation association, boolean withId) {
        StateFlags flags = association.definition().flags();
        int dscp = flags.has(ExtraFlag.DONT_ENCAP_DSCP) ? 0 : inner.trafficClass() & ~3;
        int innerEcn = inner.trafficClass() & 3;
        int ecn = flags.has(StateFlag.NOECN) ? 0 : innerEcn == CE ? ECT0 : innerEcn;
        trafficClass = dscp | ecn;
        // IPv6 routers never fragment, so neither may those of the outer path.
        dontFragment = !flags.has(StateFlag.NOPMTUDISC) && !(inner instanceof Ipv4Header v4 && !v4.dontFragment());
        identified = withId || !dontFragment;
        flowLabel = inner instanceof Ipv6Header v6 ? v6.flowLabel() : 0;
    }

    /** Puts the header before what the transform made. */
    void prepend(Packet packet, SecurityAssociation association, int protocol, IntSupplier identifications) {
        IpHeader outer = packet.prepend(association.source(), association.destination(), protocol);
        outer.trafficClass(trafficClass);
        if (outer instanceof Ipv4Header v4) {
            v4.dontFragment(dontFragment);
            v4.identification(identified ? identifications.getAsInt() : 0);
        } else if (outer instanceof Ipv6Header v6) {
            v6.flowLabel(flowLabel);
        }
        outer.finish(packet.buffer().length());
    }
}
