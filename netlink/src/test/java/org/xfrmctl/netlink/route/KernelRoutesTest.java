package org.xfrmctl.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;

/** Routes on this machine's kernel are listed and changed. */
class KernelRoutesTest extends RoutesOnAVeth {
    @Test
    void whatIsAddedIsWhatIpShows() {
        client.addRoute(to(FAR).withTable(TABLE)
                .withMetric(7)
                .withPreferredSource(IpAddress.parse("192.0.2.1"))
                .withMetrics(RouteMetrics.lockedMtu(1380).withAdvmss(1340)));
        JsonNode shown = only("-4 route show table 1000");
        assertThat(shown.path("type").asText()).isEqualTo("unicast");
        assertThat(shown.path("dst").asText()).isEqualTo("198.51.100.0/24");
        assertThat(shown.path("gateway").asText()).isEqualTo("192.0.2.2");
        assertThat(shown.path("dev").asText()).isEqualTo("va");
        assertThat(shown.path("protocol").asText()).isEqualTo("66");
        assertThat(shown.path("scope").asText()).isEqualTo("global");
        assertThat(shown.path("metric").asInt()).isEqualTo(7);
        assertThat(shown.path("prefsrc").asText()).isEqualTo("192.0.2.1");
        assertThat(NAMESPACE.ip("route show table 1000")).contains(" mtu lock 1380 advmss 1340");

        client.addRoute(to(FAR6).withTable(TABLE).withMetrics(RouteMetrics.mtu(1300)));
        shown = only("-6 route show table 1000");
        assertThat(shown.path("dst").asText()).isEqualTo("2001:db8:1::/48");
        assertThat(shown.path("gateway").asText()).isEqualTo("2001:db8::2");
        assertThat(shown.path("metric").asInt()).isEqualTo(1024);
        assertThat(NAMESPACE.ip("-6 route show table 1000")).contains(" mtu 1300 ");
    }

    static Stream<RouteType> refusals() {
        return Stream.of(RouteType.BLACKHOLE, RouteType.UNREACHABLE, RouteType.PROHIBIT, RouteType.THROW);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusalsHaveNoNextHop(RouteType type) {
        for (IpPrefix destination : List.of(FAR, FAR6)) {
            Route route = Route.refusing(destination, type).withProtocol(OURS);
            client.addRoute(route);
            String family = destination.family() == Family.INET ? "-4" : "-6";
            assertThat(only(family + " route show " + destination).path("type").asText())
                    .isEqualTo(type.toString());
            client.deleteRoute(route);
            assertThat(NAMESPACE.json(family + " route show " + destination)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "198.51.100.0/24 via 192.0.2.2 dev va src 192.0.2.1 table 1000 metric 7 mtu lock 1380 advmss 1340 hoplimit 9",
                "198.51.100.0/24 dev va scope link tos 0x10",
                "198.51.100.0/24 via inet6 fe80::9 dev va",
                "198.51.100.0/24 via 203.0.113.9 dev va onlink table 4294967295",
                "198.51.100.0/24 dev va mtu 1300 quickack 1 congctl reno",
                "blackhole 198.51.100.0/24 metric 4294967295",
                "local 198.51.100.0/24 dev lo table local",
                "default via 192.0.2.2 dev va",
                "198.51.100.0/24 encap ip id 5 dst 192.0.2.9 dev va",
                "2001:db8:1::/48 via 2001:db8::2 dev va table 1000 metric 7 mtu 1300",
                "2001:db8:1::/48 from 2001:db8:3::/48 via 2001:db8::2 dev va pref high",
                "unreachable 2001:db8:1::/48",
                "default via 2001:db8::2 dev va"
            })
    void whatIpAddsIsListedAndComesBackAsItWas(String words) {
        String family = words.contains("2001") ? "-6" : "-4";
        NAMESPACE.ip(family + " route add " + words + " proto " + OURS);
        String show = family + " route show table all proto " + OURS;
        JsonNode shown = only(show);
        Route route = ours();
        client.deleteRoute(route);
        assertThat(NAMESPACE.json(show)).isEmpty();
        client.addRoute(route);
        assertThat(only(show)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-4", "-6"})
    void whatTheKernelHasIsListedAsIpShowsIt(String words) {
        Family family = words.equals("-4") ? Family.INET : Family.INET6;
        List<JsonNode> shown;
        List<Route> listed;
        // The kernel adds the routes of IPv6 addresses when it gets round to it.
        do {
            shown = NAMESPACE.json(words + " route show table all");
            listed = client.listRoutes(family);
        } while (!shown.equals(NAMESPACE.json(words + " route show table all")));
        assertThat(listed).hasSameSizeAs(shown).hasSizeGreaterThan(3);
        for (int i = 0; i < shown.size(); i++) {
            JsonNode one = shown.get(i);
            Route route = listed.get(i);
            assertThat(route.kind().type()).hasToString(one.path("type").asText());
            assertThat(destination(route)).isEqualTo(one.path("dst").asText());
            assertThat(route.key().table()).hasToString(one.path("table").asText("main"));
            assertThat(route.key().metric()).isEqualTo(one.path("metric").asInt());
            assertThat(route.kind().scope()).hasToString(one.path("scope").asText());
            assertThat(route.preferredSource().map(IpAddress::toString).orElse(""))
                    .isEqualTo(one.path("prefsrc").asText());
            assertThat(route.hops()).hasSize(1);
            assertThat(client.findLink(route.hops().get(0).link().orElseThrow())
                            .orElseThrow()
                            .name())
                    .isEqualTo(one.path("dev").asText());
        }
    }

    @Test
    void aTableIsListedAlone() {
        client.addRoute(to(FAR).withTable(TABLE));
        client.addRoute(to(FAR6).withTable(TABLE));
        assertThat(client.listRoutes(Family.UNSPEC, TABLE)).hasSize(2);
        assertThat(client.listRoutes(Family.INET6, TABLE).stream().map(Route::toString))
                .containsExactly(FAR6 + " table 1000 metric 1024 via " + GATEWAY6 + " dev " + va);
        assertThat(client.listRoutes(Family.UNSPEC, new RouteTable(1001))).isEmpty();
    }

    @Test
    void multipathRoutesAreListedAndLeftAlone() {
        NAMESPACE.ip("route add 198.51.100.0/24 proto 66 nexthop via 192.0.2.2 dev va weight 3"
                + " nexthop via inet6 2001:db8::2 dev va");
        Route four = ours();
        assertThat(four.hops())
                .containsExactly(new Hop(Optional.of(GATEWAY), OptionalInt.of(va), 3, 0), Hop.via(GATEWAY6, va));
        assertThat(four.toString()).contains(" nexthop via 192.0.2.2 dev " + va + " nexthop via 2001:db8::2 dev " + va);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.deleteRoute(four))
                .withMessageContaining("only listed");
        NAMESPACE.ip("route delete 198.51.100.0/24");

        NAMESPACE.ip(
                "-6 route add 2001:db8:1::/48 proto 66 nexthop via 2001:db8::2 dev va nexthop via 2001:db8::3 dev va");
        assertThat(ours().hops())
                .extracting(Hop::gateway)
                .containsExactly(Optional.of(GATEWAY6), Optional.of(IpAddress.parse("2001:db8::3")));
        NAMESPACE.ip("-6 route delete 2001:db8:1::/48");
    }

    @Test
    void aRouteWithANextHopByNumberIsLeftAlone() {
        NAMESPACE.ip("nexthop add id 5 via 192.0.2.2 dev va");
        NAMESPACE.ip("route add 198.51.100.0/24 proto 66 nhid 5");
        Route route = ours();
        assertThat(route.hops()).containsExactly(Hop.via(GATEWAY, va));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.replaceRoute(route))
                .withMessageContaining("only listed");
    }

    @Test
    void replacingChangesOrAdds() {
        client.replaceRoute(to(FAR).withMetric(7));
        client.replaceRoute(to(FAR).withMetric(7).withMetrics(RouteMetrics.mtu(1300)));
        assertThat(ours().metrics().mtu()).hasValue(1300);
        client.replaceRoute(
                Route.refusing(FAR, RouteType.BLACKHOLE).withMetric(7).withProtocol(OURS));
        assertThat(ours().kind().type()).isEqualTo(RouteType.BLACKHOLE);
        client.deleteRoute(ours());

        client.replaceRoute(to(FAR6));
        client.replaceRoute(to(FAR6).withMetrics(RouteMetrics.mtu(1300)));
        assertThat(ours().metrics().mtu()).hasValue(1300);
    }

    @Test
    void metricZeroNamesARouteOfAnyMetricToBeDeleted() {
        client.addRoute(to(FAR).withMetric(7));
        client.deleteRoute(to(FAR));
        assertThat(NAMESPACE.json("route show " + FAR)).isEmpty();
    }

    /** The kernel deletes the first that has what is said. */
    @Test
    void zerosSayThatARouteHasNoMoreMetrics() {
        RouteMetrics narrow = RouteMetrics.mtu(1300);
        client.addRoute(to(FAR).withMetrics(narrow));
        client.addRouteBefore(to(FAR).withMetrics(narrow.withAdvmss(1260)));
        client.addRouteBefore(to(FAR).withMetrics(RouteMetrics.lockedMtu(1300)));
        client.deleteRoute(to(FAR).withMetrics(narrow.withZeros()));
        assertThat(client.listRoutes(Family.INET).stream()
                        .filter(route -> route.kind().protocol() == OURS)
                        .map(route -> route.metrics().toString()))
                .containsExactly("mtu lock 1300", "mtu 1300 advmss 1260");
    }

    /** As {@code ip} prints it. */
    private static String destination(Route route) {
        IpPrefix prefix = route.key().destination();
        boolean isHost = prefix.length() == prefix.family().bits();
        return prefix.length() == 0 ? "default" : isHost ? prefix.address().toString() : prefix.toString();
    }
}
