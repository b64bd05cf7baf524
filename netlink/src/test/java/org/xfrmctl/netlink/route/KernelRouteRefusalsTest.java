package org.xfrmctl.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.netlink.Refusals.refused;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.Mark;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;

/** What this machine's kernel refuses of routes, and what it tells of packets' ways. */
class KernelRouteRefusalsTest extends RoutesOnAVeth {
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
        assertThat(found.origin()).isEqualTo(PacketRoute.Origin.ROUTE);
        assertThat(found.link().name()).isEqualTo("va");
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
        assertThat(client.getRoute(RouteQuery.to(GATEWAY6)).origin()).isEqualTo(PacketRoute.Origin.LINK);
        PacketRoute local = client.getRoute(RouteQuery.to(IpAddress.parse("192.0.2.1")));
        assertThat(local.route().kind().type()).isEqualTo(RouteType.LOCAL);
        assertThat(local.mtu()).isEqualTo(65535);
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

    @ParameterizedTest
    @ValueSource(strings = {"198.51.100.0/24", "2001:db8:1::/48"})
    void aRouteThatIsThereIsRefusedAndShown(String destination) {
        Route there = to(IpPrefix.parse(destination)).withTable(TABLE).withMetrics(RouteMetrics.mtu(1300));
        client.addRoute(there);
        Route wanted =
                Route.refusing(IpPrefix.parse(destination), RouteType.BLACKHOLE).withTable(TABLE);
        NetlinkException refusal = refused(
                () -> client.addRoute(wanted),
                Errno.EEXIST,
                "add route " + wanted,
                "in the way: " + destination + " table 1000 ");
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
}
