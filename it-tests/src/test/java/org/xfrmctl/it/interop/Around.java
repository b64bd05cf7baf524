package org.xfrmctl.it.interop;

import java.util.ArrayList;
import java.util.List;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.PortMatch;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.XfrmPolicy;

/**
 * What policy that protects everything between two neighbours must not reach: their search for each other, and the UDP
 * around ESP, which the sockets of a key exchange daemon exempt themselves from.
 */
final class Around {
    /** As the first that are asked. */
    private static final int PRIORITY = 1;

    private Around() {}

    static List<XfrmPolicy> policies() {
        List<XfrmPolicy> policies = new ArrayList<>();
        for (int type : new int[] {135, 136}) {
            PortMatch discovery = PortMatch.exactly(type);
            policies.add(allow(Family.INET6, IpProtocol.ICMPV6, discovery, PortMatch.ANY, Direction.OUT));
            policies.add(allow(Family.INET6, IpProtocol.ICMPV6, discovery, PortMatch.ANY, Direction.IN));
        }
        PortMatch port = PortMatch.exactly(4500);
        policies.add(allow(Family.INET, IpProtocol.UDP, port, port, Direction.IN));
        policies.add(allow(Family.INET6, IpProtocol.UDP, port, port, Direction.IN));
        return policies;
    }

    private static XfrmPolicy allow(
            Family family, IpProtocol protocol, PortMatch source, PortMatch destination, Direction way) {
        IpPrefix all = IpPrefix.any(family);
        Selector selector = new Selector(all, all, protocol, source, destination, Selector.Binding.NONE);
        return XfrmPolicy.builder(selector, way).priority(PRIORITY).build();
    }
}
