package org.xfrmctl.cli.lab;

import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.PortMatch;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/** Stops the ICMP errors that pass a host, or that it sends, by policies: these are the same on every kernel, and take no other program. */
final class IcmpFilter {
    /** Destination Unreachable (RFC 792), of which Fragmentation Needed is one. */
    private static final int UNREACHABLE = 3;
    /** Packet Too Big (RFC 4443). */
    private static final int TOO_BIG = 2;

    private IcmpFilter() {}

    /** For as long as the host is there. */
    static void install(LabHost host, LabHostSpec.Filters filters) {
        if (filters == LabHostSpec.Filters.NO) {
            return;
        }
        try (XfrmClient client = new XfrmClient(host.openNetlink())) {
            install(client, Direction.FWD);
            if (filters == LabHostSpec.Filters.ALL) {
                install(client, Direction.OUT);
            }
        }
    }

    private static void install(XfrmClient client, Direction direction) {
        client.addPolicy(block(Family.INET, IpProtocol.ICMP, UNREACHABLE, direction));
        client.addPolicy(block(Family.INET6, IpProtocol.ICMPV6, TOO_BIG, direction));
    }

    private static XfrmPolicy block(Family family, IpProtocol protocol, int type, Direction direction) {
        IpPrefix anybody = IpPrefix.any(family);
        Selector selector =
                new Selector(anybody, anybody, protocol, PortMatch.exactly(type), PortMatch.ANY, Selector.Binding.NONE);
        return XfrmPolicy.builder(selector, direction)
                .action(PolicyAction.BLOCK)
                .build();
    }
}
