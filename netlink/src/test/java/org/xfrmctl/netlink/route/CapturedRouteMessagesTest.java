package org.xfrmctl.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.netlink.Fixtures;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.message.Request;
import org.xfrmctl.netlink.uapi.Rtm;

/** What Linux 6.18, of xfrm interfaces 6.12, told in dumps; the first line of each file says what {@code ip} would show. */
class CapturedRouteMessagesTest {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            link-loopback          | lo (index 1)
            link-veth              | va (index 3, veth)
            link-bridge-member     | vb (index 2, veth)
            link-veth-abroad       | vc (index 5, veth)
            link-xfrm              | ipsec0 (index 2, xfrm if_id 0x2a)
            link-xfrm-external     | ipsec1 (index 3, xfrm external)
            address-loopback       | 127.0.0.1/8 dev 1 scope host
            address-v4             | 192.0.2.1/24 dev 3 scope global
            address-peer           | 192.0.2.129 peer 192.0.2.130/32 dev 3 scope global
            address-v6             | 2001:db8::1/64 dev 3 scope global
            route-v4               | 198.51.100.0/24 table 1000 metric 7 via 192.0.2.2 dev 3 src 192.0.2.1 mtu lock 1380 advmss 1340
            route-v4-direct        | 198.51.101.0/24 dev 3
            route-v4-via-v6        | 198.51.102.0/24 via fe80::9 dev 3
            route-blackhole        | blackhole 198.51.103.0/24 metric 4294967295
            route-multipath        | 198.51.104.0/24 nexthop via 192.0.2.2 dev 3 nexthop via fe80::9 dev 3
            route-onlink           | 198.51.105.0/24 via 203.0.113.9 dev 3 onlink
            route-linkdown         | 198.51.100.0/24 via 192.0.2.2 dev 3
            route-encap            | 198.51.106.0/24 dev 3
            route-local            | local 192.0.2.1/32 table local dev 3 src 192.0.2.1
            route-v6               | 2001:db8:1::/48 table 1000 metric 7 via 2001:db8::2 dev 3 mtu 1300
            route-v6-from          | 2001:db8:2::/48 from 2001:db8:3::/48 metric 1024 via 2001:db8::2 dev 3
            route-v6-multipath     | 2001:db8:4::/48 metric 1024 nexthop via 2001:db8::2 dev 3 nexthop via 2001:db8::3 dev 3
            route-v6-unreachable   | unreachable 2001:db8:5::/48 metric 1024 dev 1
            get-v4                 | 198.51.101.7/32 dev 3 src 192.0.2.1
            get-v6                 | 2001:db8::7/128 from ::/128 metric 256 dev 3 src 2001:db8::1
            rule-first             | 0: from all lookup local
            rule-v4                | 100: from 10.0.0.0/8 to 198.51.100.0/24 tos 0x10 fwmark 0x7/0xff iif va oif vb lookup 1000
            rule-not               | 101: not from 10.0.0.0/8 prohibit
            rule-suppress          | 102: from all lookup main
            rule-v6                | 103: from 2001:db8::/32 lookup 7
            rule-goto              | 104: from all goto
            rule-ports             | 105: from all lookup 9
            """)
    void messagesAreReadAsIpShowsThem(String name, String text) {
        assertThat(decoded(name)).hasToString(text);
    }

    @Test
    void everyCaptureIsRead() {
        assertThat(Fixtures.names("route-", ".hex").stream().filter(name -> !name.startsWith("route-req-")))
                .hasSize(32);
    }

    /** Everything but multipath routes, which are never written. */
    static Stream<String> written() {
        return Stream.of("address-", "route-", "rule-")
                .flatMap(kind -> Fixtures.names("route-" + kind, ".hex").stream())
                .filter(name -> !name.contains("multipath"));
    }

    @ParameterizedTest
    @MethodSource("written")
    void whatWasReadIsWrittenAsItWas(String file) {
        NetlinkMessage captured = Fixtures.message(file);
        Map<String, String> was = new TreeMap<>(Contents.of(captured));
        Map<String, String> is = new TreeMap<>(Contents.of(Contents.message(request(captured))));
        // What a kernel only tells, and what we say though it is the default.
        was.keySet().removeAll(Set.of("cacheinfo", "pad"));
        is.keySet().removeAll(Set.of("cacheinfo", "pad"));
        if (file.startsWith("route-address-v6")) {
            is.remove("local");
        }
        if (file.equals("route-rule-first.hex")) {
            assertThat(is.remove("priority")).isEqualTo("00000000");
        }
        was.replace("body.table", "252", "0");
        if (file.equals("route-route-linkdown.hex")) {
            was.replace("body.flags", "16", "0");
        }
        assertThat(is).isEqualTo(was);
    }

    private static Request request(NetlinkMessage captured) {
        return switch (captured.type()) {
            case Rtm.NEWADDR -> RouteRequests.addAddress(AddressCodec.decode(captured));
            case Rtm.NEWROUTE -> RouteRequests.addRoute(RouteCodec.decode(captured));
            case Rtm.NEWRULE -> RouteRequests.addRule(RuleCodec.decode(captured));
            default -> throw new AssertionError(captured);
        };
    }

    @Test
    void linksTellWhatTheyHaveToDoWithOthers() {
        Link veth = (Link) decoded("link-veth");
        assertThat(veth.mtu()).isEqualTo(1400);
        assertThat(veth.flags().isUp()
                        && veth.flags().isRunning()
                        && veth.flags().hasCarrier())
                .isTrue();
        assertThat(veth.relations()).isEqualTo(relations(OptionalInt.empty(), OptionalInt.of(2), OptionalInt.empty()));
        Link member = (Link) decoded("link-bridge-member");
        assertThat(member.relations()).isEqualTo(relations(OptionalInt.of(4), OptionalInt.of(3), OptionalInt.empty()));
        Link abroad = (Link) decoded("link-veth-abroad");
        assertThat(abroad.relations()).isEqualTo(relations(OptionalInt.empty(), OptionalInt.of(2), OptionalInt.of(0)));
        Link loopback = (Link) decoded("link-loopback");
        assertThat(loopback.flags().isLoopback()).isTrue();
        assertThat(loopback.relations()).isEqualTo(Link.Relations.NONE);
    }

    private static Link.Relations relations(OptionalInt master, OptionalInt lower, OptionalInt namespace) {
        return new Link.Relations(master, lower, namespace);
    }

    @Test
    void flagsOfAddressesAndHopsAreTold() {
        LinkAddress six = (LinkAddress) decoded("address-v6");
        assertThat(six.flags().isWithoutDad() && six.flags().isPermanent()).isTrue();
        assertThat(six.flags().isTentative() || six.flags().isDuplicate()).isFalse();
        assertThat(hop("route-linkdown").isDown()).isTrue();
        assertThat(hop("route-v4").isDown()).isFalse();
        assertThat(hop("route-onlink"))
                .isEqualTo(Hop.via(IpAddress.parse("203.0.113.9"), 3).onLink());
        assertThat(((Route) decoded("route-multipath")).hops())
                .extracting(Hop::weight)
                .containsExactly(3, 1);
    }

    private static Hop hop(String name) {
        return ((Route) decoded(name)).hops().get(0);
    }

    @Test
    void whatIsNotInterpretedIsKept() {
        assertThat(((Route) decoded("route-encap")).other()).hasSize(2);
        assertThat(((Route) decoded("route-v4")).metrics().other()).hasSize(1);
        assertThat(((Rule) decoded("rule-ports")).other()).hasSizeGreaterThan(3);
        assertThat(((LinkAddress) decoded("address-v4")).other()).isNotEmpty();
        assertThat(((LinkAddress) decoded("address-peer")).peer())
                .isEqualTo(Optional.of(IpAddress.parse("192.0.2.130")));
    }

    private static Object decoded(String name) {
        return Contents.decode(Fixtures.message("route-" + name + ".hex"));
    }
}
