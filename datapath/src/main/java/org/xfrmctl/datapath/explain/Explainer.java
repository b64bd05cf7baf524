package org.xfrmctl.datapath.explain;

import java.util.function.Predicate;
import org.xfrmctl.datapath.engine.Routing;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;

/**
 * Says what a kernel with these tables would do to a packet.
 *
 * <p>Every answer begins with fresh tables: what one packet would change, another does not see.
 */
public final class Explainer {
    private final Tables tables;
    private final Routing routing;
    private final Predicate<IpAddress> isLocal;

    /**
     * {@code routing} is asked for the ways of these packets, so that it may know more of them than where they go; {@code
     * isLocal} knows the addresses of the host; where they are not known, each may be one.
     */
    public Explainer(Tables tables, Routing routing, Predicate<IpAddress> isLocal) {
        this.tables = tables;
        this.routing = routing;
        this.isLocal = isLocal;
    }

    /** A packet that starts at this host. */
    public Explanation.Outbound outbound(Question question) {
        return new OutboundWalk(tables, routing, question, false).walk();
    }

    /** A packet for this host. */
    public Explanation.Inbound inbound(Question question) {
        return new InboundWalk(tables, isLocal, question, Direction.IN).walk();
    }

    /** A packet from one host to another, which may come in by one XFRM interface and go out by another. */
    public Explanation.Transit forwarded(Question arriving, IfId leavingBy) {
        return new Explanation.Transit(
                new InboundWalk(tables, isLocal, arriving, Direction.FWD).walk(),
                new OutboundWalk(tables, routing, arriving.passedOn(leavingBy), true).walk());
    }
}
