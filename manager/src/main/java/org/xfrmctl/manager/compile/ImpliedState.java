package org.xfrmctl.manager.compile;

import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.XfrmState;

/**
 * The IPIP state that the kernel itself puts beside an IPComp tunnel ({@code net/ipv4/ipcomp.c, ipcomp_tunnel_attach()}).
 *
 * <p>It is never added, changed or deleted by us, and it is one per address pair (and mark): children between the same
 * gateways share it. Inbound it takes the packets that were not worth compressing; outbound it is never used.
 */
public record ImpliedState(Direction direction, IpAddress source, IpAddress destination, Mark mark) {

    static ImpliedState beside(Direction direction, XfrmState ipcomp) {
        return new ImpliedState(direction, ipcomp.source(), ipcomp.id().destination(), ipcomp.mark());
    }

    /** IPIP (4) over IPv4 and 41 over IPv6, whatever is inside. */
    public IpProtocol protocol() {
        return source.family() == Family.INET6 ? IpProtocol.IPV6 : IpProtocol.IPIP;
    }

    /** Whether {@code state} is it: by protocol and addresses; a marked IPComp state may use an unmarked companion. */
    public boolean describes(XfrmState state) {
        return state.id().protocol().equals(protocol())
                && state.source().equals(source)
                && state.id().destination().equals(destination)
                && state.mark().matches(mark.masked().value());
    }

    /** Whether the kernel may use one state for both. */
    public boolean sharesWith(ImpliedState other) {
        return source.equals(other.source) && destination.equals(other.destination);
    }

    @Override
    public String toString() {
        return "src " + source + " dst " + destination + " proto " + protocol();
    }
}
