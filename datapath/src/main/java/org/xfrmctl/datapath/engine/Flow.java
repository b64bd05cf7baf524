package org.xfrmctl.datapath.engine;

import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Selector;

/**
 * What selectors are compared with ({@code struct flowi}).
 *
 * @param ports source and destination port; for ICMP type and code; zeros for fragments and protocols without ports
 * @param mark the packet's mark
 * @param device the interface index of the route, 0 where none matters
 * @param ifId the XFRM interface; only policies with the same one are asked
 */
public record Flow(
        IpAddress source, IpAddress destination, IpProtocol proto, Ports ports, int mark, int device, IfId ifId) {

    /** Two 16-bit numbers that selectors may name. */
    public record Ports(int source, int destination) {
        public static final Ports NONE = new Ports(0, 0);
    }

    /** A flow without ports, mark and interface. */
    public static Flow of(IpAddress source, IpAddress destination, IpProtocol proto) {
        return new Flow(source, destination, proto, Ports.NONE, 0, 0, IfId.NONE);
    }

    public Family family() {
        return source.family();
    }

    public Flow withMark(int value) {
        return new Flow(source, destination, proto, ports, value, device, ifId);
    }

    public boolean carries(Mark wanted) {
        return wanted.matches(mark);
    }

    /**
     * Whether a selector covers this flow ({@code xfrm_selector_match}). A selector without family covers both; the
     * user id of a selector is never compared.
     */
    public boolean matches(Selector selector) {
        if (selector.family() != Family.UNSPEC
                && !(selector.destination().contains(destination)
                        && selector.source().contains(source))) {
            return false;
        }
        return selector.destinationPort().matches(ports.destination())
                && selector.sourcePort().matches(ports.source())
                && (selector.proto().equals(IpProtocol.ANY) || selector.proto().equals(proto))
                && (selector.binding().ifindex() == 0 || selector.binding().ifindex() == device);
    }
}
