package org.xfrmctl.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.xfrmctl.netlink.Refusals.refused;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.Mark;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.TestNamespace;
import org.xfrmctl.netlink.sys.NetlinkProtocol;

/** Routes on this machine's kernel. */
@Timeout(20)
class KernelRoutesTest {
    @RegisterExtension
    static final TestNamespace NAMESPACE = new TestNamespace();

    private static final int OURS = 66;
    private static final RouteTable TABLE = new RouteTable(1000);
    private static final IpPrefix FAR = IpPrefix.parse("198.51.100.0/24");
    private static final IpPrefix FAR6 = IpPrefix.parse("2001:db8:1::/48");
    private static final IpAddress GATEWAY = IpAddress.parse("192.0.2.2");
    private static final IpAddress GATEWAY6 = IpAddress.parse("2001:db8::2");

    private RouteClient client;
    private int va;

    @BeforeEach
    void makeLinks() {
        client = new RouteClient(NAMESPACE.open(NetlinkProtocol.ROUTE));
        client.addLink(new NewLink.Veth("va", "vb"));
        va = client.findLink("va").orElseThrow().index();
        NAMESPACE.ip("link set va addrgenmode none");
        client.addAddress(LinkAddress.of(va, IpPrefix.parse("192.0.2.1/24")));
        client.addAddress(LinkAddress.of(va, IpPrefix.parse("2001:db8::1/64")).withoutDad());
        // The far end first: then va has its carrier at once, and no route changes when the kernel gets round to
        // noticing.
        client.setUp(client.findLink("vb").orElseThrow().index());
        client.setUp(va);
        client.setUp(1);
    }

    /** With the link go its routes; the others go one by one. */
    @AfterEach
    void deleteLinksAndRoutes() {
        client.deleteLink(va);
        client.listRoutes(Family.UNSPEC).stream()
                .filter(route -> route.kind().protocol() == OURS)
                .forEach(client::deleteRoute);
        client.close();
    }

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
                .containsExactly(FAR6 + " via " + GATEWAY6 + " dev " + va + " table 1000 metric 1024");
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

    @ParameterizedTest
    @ValueSource(strings = {"198.51.100.0/24", "2001:db8:1::/48"})
    void aRouteThatIsThereIsRefusedAndShown(String destination) {
        Route there = to(IpPrefix.parse(destination)).withTable(TABLE).withMetrics(RouteMetrics.mtu(1300));
        client.addRoute(there);
        Route other =
                Route.refusing(IpPrefix.parse(destination), RouteType.BLACKHOLE).withTable(TABLE);
        Route wanted = there.key().family() == Family.INET ? other : there;
        NetlinkException refusal = refused(
                () -> client.addRoute(wanted),
                Errno.EEXIST,
                "add route " + wanted,
                "in the way: " + destination + " via ");
        assertThat(refusal.hint().orElse("")).contains("replace it");
    }

    @Test
    void whatIsNotThereCannotBeDeleted() {
        client.addRoute(to(FAR).withMetric(7));
        for (Route other : List.of(
                to(FAR).withMetric(8),
                to(FAR).withMetric(7).withProtocol(67),
                to(FAR).withMetric(7).withTable(TABLE),
                to(FAR6),
                Route.refusing(FAR, RouteType.BLACKHOLE).withMetric(7))) {
            refused(() -> client.deleteRoute(other), Errno.ESRCH, "delete route " + other, "no route with this");
        }
    }

    @Test
    void aGatewayThatNoLinkHasInItsNetworkIsRefused() {
        Route four = Route.through(FAR, Hop.via(IpAddress.parse("203.0.113.9")));
        NetlinkException refusal =
                refused(() -> client.addRoute(four), Errno.ENETUNREACH, "add route " + four, "say onlink");
        assertThat(refusal.refusal().kernel().text()).contains("Nexthop has invalid gateway");
        Route six = Route.through(FAR6, Hop.via(IpAddress.parse("2001:db8:9::1")));
        refused(() -> client.addRoute(six), Errno.EHOSTUNREACH, "add route " + six, "say onlink");
    }

    @Test
    void aLinkThatIsDownIsTold() {
        client.setDown(va);
        Route route = Route.through(FAR, Hop.on(va));
        refused(() -> client.addRoute(route), Errno.ENETDOWN, "add route " + route, "set it up first");
    }

    @Test
    void aLinkThatIsNotThereIsTold() {
        Route route = Route.through(FAR, Hop.on(4711));
        refused(() -> client.addRoute(route), Errno.ENODEV, "add route " + route, "may be gone");
    }

    @Test
    void hostBitsAreRefusedInTheKernelsWords() {
        Route route = to(IpPrefix.parse("198.51.100.1/24"));
        NetlinkException refusal = refused(() -> client.addRoute(route), Errno.EINVAL, "add route " + route, "");
        assertThat(refusal.refusal().kernel().text()).contains("Invalid prefix for given prefix length");
    }

    @Test
    void aPacketsRouteIsTheOneThatIpGets() {
        client.addRoute(to(FAR).withTable(TABLE).withMetrics(RouteMetrics.mtu(1300)));
        client.addRule(Rule.lookup(100, Rule.Match.any(Family.INET).marked(new Mark(5, -1)), TABLE));
        client.addRoute(to(FAR6).withMetrics(RouteMetrics.mtu(1290)));
        IpAddress far = IpAddress.parse("198.51.100.7");
        RouteQuery query = RouteQuery.to(far)
                .from(IpAddress.parse("192.0.2.1"))
                .leavingBy(va)
                .marked(5);
        PacketRoute found = client.getRoute(query);
        JsonNode shown = only("route get " + query.toString().replace("oif " + va, "oif va"));
        assertThat(found.mtu()).isEqualTo(1300);
        assertThat(found.route().hops()).containsExactly(Hop.via(GATEWAY, va));
        assertThat(shown.path("gateway").asText()).isEqualTo("192.0.2.2");
        assertThat(found.route().key().table()).hasToString(shown.path("table").asText());
        assertThat(found.route().key().destination()).isEqualTo(IpPrefix.host(far));

        PacketRoute six = client.getRoute(RouteQuery.to(IpAddress.parse("2001:db8:1::7")));
        assertThat(six.mtu()).isEqualTo(1290);
        assertThat(six.route().hops()).containsExactly(Hop.via(GATEWAY6, va));
        assertThat(six.route().preferredSource()).contains(IpAddress.parse("2001:db8::1"));

        client.setMtu(va, 1400);
        assertThat(client.getRoute(RouteQuery.to(GATEWAY)).mtu()).isEqualTo(1400);
        assertThat(client.getRoute(RouteQuery.to(GATEWAY6)).mtu()).isEqualTo(1400);
        PacketRoute local = client.getRoute(RouteQuery.to(IpAddress.parse("192.0.2.1")));
        assertThat(local.route().kind().type()).isEqualTo(RouteType.LOCAL);
        assertThat(local.mtu()).isEqualTo(65536);
        NAMESPACE.ip("rule delete priority 100");
    }

    @ParameterizedTest
    @CsvSource({
        "none,        198.51.100.7,  ENETUNREACH,  no rule leads",
        "none,        2001:db8:1::7, ENETUNREACH,  no rule leads",
        "blackhole,   198.51.100.7,  EINVAL,       blackhole",
        "blackhole,   2001:db8:1::7, EINVAL,       blackhole",
        "unreachable, 198.51.100.7,  EHOSTUNREACH, unreachable",
        "unreachable, 2001:db8:1::7, EHOSTUNREACH, unreachable",
        "prohibit,    198.51.100.7,  EACCES,       prohibit",
        "prohibit,    2001:db8:1::7, EACCES,       prohibit",
    })
    void aPacketWithoutRouteHearsWhy(String type, String destination, Errno errno, String hint) {
        if (!type.equals("none")) {
            String prefix = destination.contains(":") ? FAR6.toString() : FAR.toString();
            NAMESPACE.ip((destination.contains(":") ? "-6" : "-4") + " route add " + type + " " + prefix + " proto 66");
        }
        refused(
                () -> client.getRoute(RouteQuery.to(IpAddress.parse(destination))),
                errno,
                "get route to " + destination,
                hint);
    }

    private Route to(IpPrefix destination) {
        return Route.through(destination, Hop.via(destination.family() == Family.INET ? GATEWAY : GATEWAY6, va))
                .withProtocol(OURS);
    }

    /** The one route that a test has made. */
    private Route ours() {
        List<Route> ours = client.listRoutes(Family.UNSPEC).stream()
                .filter(route -> route.kind().protocol() == OURS)
                .toList();
        assertThat(ours).hasSize(1);
        return ours.get(0);
    }

    private static JsonNode only(String words) {
        List<JsonNode> shown = NAMESPACE.json(words);
        assertThat(shown).hasSize(1);
        return shown.get(0);
    }

    /** As {@code ip} prints it. */
    private static String destination(Route route) {
        IpPrefix prefix = route.key().destination();
        boolean isHost = prefix.length() == prefix.family().bits();
        return prefix.length() == 0 ? "default" : isHost ? prefix.address().toString() : prefix.toString();
    }
}
