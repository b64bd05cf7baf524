package org.xfrmctl.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.Mark;
import org.xfrmctl.netlink.Fixtures;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.message.Request;
import org.xfrmctl.netlink.uapi.Rtm;

/** What iproute2 6.1 sends for the command in the first line of each file, our requests say too. */
class RouteRequestBytesTest {
    private static final Rule RULE = Rule.lookup(
                    100,
                    Rule.Match.any(Family.INET)
                            .from(IpPrefix.parse("10.0.0.0/8"))
                            .to(IpPrefix.parse("198.51.100.0/24"))
                            .marked(new Mark(7, 0xff))
                            .arrivingBy("veth1")
                            .leavingBy("veth2"),
                    new RouteTable(1000))
            .withProtocol(66);

    /** File, our request, and the attributes that we send besides, which say what is the default anyway. */
    static Stream<Arguments> requests() {
        IpPrefix far = IpPrefix.parse("198.51.100.0/24");
        return Stream.of(
                Arguments.of("veth", RouteRequests.addLink(new NewLink.Veth("veth1", "veth2")), Set.of()),
                Arguments.of(
                        "xfrm",
                        RouteRequests.addLink(new NewLink.Xfrm("ipsec0", new IfId(42), OptionalInt.of(3))),
                        Set.of()),
                Arguments.of("external", RouteRequests.addLink(new NewLink.ExternalXfrm("ipsec1")), Set.of()),
                Arguments.of("up", RouteRequests.setUp(3, true), Set.of()),
                Arguments.of("mtu", RouteRequests.setMtu(3, 1400), Set.of()),
                Arguments.of(
                        "address-v4",
                        RouteRequests.addAddress(LinkAddress.of(3, IpPrefix.parse("192.0.2.1/24"))),
                        Set.of("flags")),
                Arguments.of(
                        "address-v6",
                        RouteRequests.addAddress(LinkAddress.of(3, IpPrefix.parse("2001:db8::1/64"))
                                .withoutDad()),
                        Set.of("flags")),
                Arguments.of(
                        "route-v4",
                        RouteRequests.addRoute(Route.through(far, Hop.via(IpAddress.parse("192.0.2.2"), 3))
                                .withPreferredSource(IpAddress.parse("192.0.2.1"))
                                .withTable(new RouteTable(1000))
                                .withMetric(7)
                                .withProtocol(66)
                                .withMetrics(RouteMetrics.lockedMtu(1380).withAdvmss(1340))),
                        Set.of()),
                Arguments.of(
                        "route-via-v6",
                        RouteRequests.addRoute(Route.through(
                                        IpPrefix.parse("198.51.101.0/24"),
                                        Hop.via(IpAddress.parse("fe80::9"), 3).onLink())
                                .withProtocol(66)),
                        Set.of("table")),
                Arguments.of(
                        "blackhole",
                        RouteRequests.addRoute(Route.refusing(IpPrefix.parse("198.51.102.0/24"), RouteType.BLACKHOLE)
                                .withProtocol(66)),
                        Set.of("table")),
                Arguments.of(
                        "route-v6",
                        RouteRequests.replaceRoute(Route.through(
                                        IpPrefix.parse("2001:db8:1::/48"), Hop.via(IpAddress.parse("2001:db8::2"), 3))
                                .withProtocol(66)),
                        Set.of("table")),
                Arguments.of(
                        "get",
                        RouteRequests.getRoute(RouteQuery.to(IpAddress.parse("198.51.101.7"))
                                .from(IpAddress.parse("192.0.2.1"))
                                .leavingBy(3)
                                .marked(5)),
                        Set.of()),
                Arguments.of(
                        "get-arrival",
                        RouteRequests.getRoute(RouteQuery.to(IpAddress.parse("198.51.101.7"))
                                .arrivingBy(1, IpAddress.parse("192.0.2.1"))
                                .marked(5)
                                .carrying(new RouteQuery.Upper(17, 5, 53))),
                        Set.of()),
                Arguments.of("rule", RouteRequests.addRule(RULE), Set.of()),
                Arguments.of("rule-delete", RouteRequests.deleteRule(RULE), Set.of("body.action")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void requestsSayWhatIpSays(String name, Request request, Set<String> besides) {
        NetlinkMessage theirs = Fixtures.message("route-req-" + name + ".hex");
        NetlinkMessage ours = Contents.message(request);
        Map<String, String> said = Contents.of(ours);
        assertThat(said.keySet()).containsAll(besides);
        besides.forEach(said::remove);
        Map<String, String> wanted = Contents.of(theirs);
        besides.forEach(wanted::remove);
        assertThat(said).containsExactlyInAnyOrderEntriesOf(wanted);
        // SETLINK changes what is there; NEWLINK, which ip sends, could make it too.
        assertThat(ours.type()).isEqualTo(ours.type() == Rtm.SETLINK ? Rtm.SETLINK : theirs.type());
        int ack = 4;
        assertThat(ours.flags() & ~ack).isEqualTo(theirs.flags() & ~ack);
    }

    @Test
    void noneIsLeftOut() {
        assertThat(requests().map(row -> "route-req-" + row.get()[0] + ".hex"))
                .containsExactlyInAnyOrderElementsOf(Fixtures.names("route-req-", ""));
    }
}
