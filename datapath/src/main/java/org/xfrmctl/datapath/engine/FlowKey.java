package org.xfrmctl.datapath.engine;

import org.xfrmctl.datapath.wire.Flow;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Selector;

/**
 * What policies and selectors are compared with: a packet's flow and what the stack adds to it.
 *
 * @param mark the packet's mark
 * @param device the interface index of the route, 0 where none matters
 * @param ifId the XFRM interface; only policies with the same one are asked
 */
public record FlowKey(Flow flow, int mark, int device, IfId ifId) {

    public static FlowKey of(Flow flow, int mark) {
        return new FlowKey(flow, mark, 0, IfId.NONE);
    }

    public Family family() {
        return flow.source().family();
    }

    public IpAddress source() {
        return flow.source();
    }

    public IpAddress destination() {
        return flow.destination();
    }

    boolean carries(Mark wanted) {
        return wanted.matches(mark);
    }

    /**
     * Whether a selector covers this flow ({@code xfrm_selector_match}). A selector without family covers both; the
     * user id of a selector is never compared.
     */
    public boolean matches(Selector selector) {
        if (selector.family() != Family.UNSPEC
                && !(selector.destination().contains(flow.destination())
                        && selector.source().contains(flow.source()))) {
            return false;
        }
        return selector.destinationPort().matches(flow.destinationPort())
                && selector.sourcePort().matches(flow.sourcePort())
                && (selector.proto().equals(IpProtocol.ANY) || selector.proto().number() == flow.protocol())
                && (selector.binding().ifindex() == 0 || selector.binding().ifindex() == device);
    }
}
