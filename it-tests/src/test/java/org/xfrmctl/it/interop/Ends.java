package org.xfrmctl.it.interop;

import java.util.List;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;

/** The addresses of both hosts: those of the wire, and those inside tunnels. */
final class Ends {
    private Ends() {}

    /** The real kernel's. */
    static IpAddress near(Family family, boolean inside) {
        return address(family, inside, 1);
    }

    /** The userspace host's. */
    static IpAddress far(Family family, boolean inside) {
        return address(family, inside, 2);
    }

    private static IpAddress address(Family family, boolean inside, int host) {
        String net = family == Family.INET ? inside ? "10.9.1." : "10.9.0." : inside ? "fd09:1::" : "fd09::";
        return IpAddress.parse(net + host);
    }

    /** All of one host, with their networks. */
    static List<IpPrefix> of(int host) {
        return List.of(
                new IpPrefix(address(Family.INET, false, host), 24),
                new IpPrefix(address(Family.INET, true, host), 24),
                new IpPrefix(address(Family.INET6, false, host), 64),
                new IpPrefix(address(Family.INET6, true, host), 64));
    }
}
