package org.xfrmctl.manager.mtu;

import java.util.Optional;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.PortMatch;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.XfrmPolicy;

/**
 * A UDP socket that meets an outbound policy when it is connected, and so hears of the MTU that the kernel has for the
 * policy's packets. Nothing is sent.
 *
 * @param mark the socket's; 0 is none
 */
public record SocketQuestion(IpAddress from, int fromPort, IpAddress to, int toPort, int mark) {
    /** Discard (RFC 863): some number must stand there. */
    private static final int ANY_PORT = 9;

    /** The socket for a policy; empty if no socket of this host meets it. */
    static Optional<SocketQuestion> about(XfrmPolicy policy, FlowEnds ends) {
        Selector selector = policy.selector();
        return ends.from()
                .flatMap(from -> ends.to()
                        .map(to -> new SocketQuestion(
                                from,
                                selector.sourcePort().port(),
                                to,
                                port(selector.destinationPort()),
                                policy.mark().masked().value())));
    }

    /** Whether a UDP socket can be what this selector is about. */
    static boolean canMeet(Selector selector) {
        return selector.proto().equals(IpProtocol.ANY) || selector.proto().equals(IpProtocol.UDP);
    }

    private static int port(PortMatch match) {
        return match.equals(PortMatch.ANY) ? ANY_PORT : match.port();
    }

    @Override
    public String toString() {
        return "a socket from " + from + " to " + to;
    }
}
