package org.xfrmctl.datapath.engine;

import org.xfrmctl.datapath.wire.Flow;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
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
        return matchesUpper(selector);
    }

    /**
     * As {@link #matches}, but that a selector of the other family is read as one of this flow's, as Linux does with the
     * selectors of the states that a packet came through ({@code __xfrm_policy_check()}).
     */
    boolean matchesAsOwn(Selector selector) {
        return covers(selector.destination(), flow.destination())
                && covers(selector.source(), flow.source())
                && matchesUpper(selector);
    }

    /** {@code addr4_match()} before 6.1.192 shifts by what remains of the length on a processor of 64 bits. */
    private static boolean covers(IpPrefix prefix, IpAddress address) {
        IpAddress read = prefix.address();
        if (read.family() == address.family()) {
            return prefix.contains(address);
        }
        if (address.family() == Family.INET6) {
            return new IpAddress(Family.INET6, read.word0(), read.word1(), read.word2(), read.word3())
                    .sharesPrefix(address, prefix.length());
        }
        int mask = (int) (-1L << (32 - prefix.length()));
        return ((read.word0() ^ address.word0()) & mask) == 0;
    }

    private boolean matchesUpper(Selector selector) {
        return selector.destinationPort().matches(flow.destinationPort())
                && selector.sourcePort().matches(flow.sourcePort())
                && (selector.proto().equals(IpProtocol.ANY) || selector.proto().number() == flow.protocol())
                && (selector.binding().ifindex() == 0 || selector.binding().ifindex() == device);
    }
}
