package org.xfrmctl.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.model.IpPrefix;

class FoundRouteTest {
    /** As {@code ipv4_mtu()} and {@code ip6_mtu()} have it. */
    @ParameterizedTest
    @CsvSource({
        "10.2.0.0/16, 1500,  1400, 1500,  LINK",
        "10.2.0.0/16, 65536,     , 65535, LINK",
        "fd02::/16,   1500,  1500, 1500,  LINK",
        "fd02::/16,   1500,  1400, 1400,  LINK_IPV6",
        "fd02::/16,   1500,      , 1280,  LINK_IPV6",
        "fd02::/16,   65536, 65536, 65536, LINK",
    })
    void eachFamilyGoesByItsOwnOfALink(String to, int link, Integer ipv6, int mtu, PacketRoute.Origin origin) {
        Link carrying = new Link(2, "eth0", "", link, new Link.Flags(0), new Link.Kind.Device(), Link.Relations.NONE);
        FoundRoute found = new FoundRoute(Route.through(IpPrefix.parse(to), Hop.on(2)), false, false);

        PacketRoute packet = found.by(
                route -> new CarryingLink(carrying, ipv6 == null ? OptionalInt.empty() : OptionalInt.of(ipv6)));
        assertThat(packet.mtu()).isEqualTo(mtu);
        assertThat(packet.origin()).isEqualTo(origin);
    }
}
