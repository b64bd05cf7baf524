package org.xfrmctl.manager.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.manager.testing.ChildBuilder.child;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.xfrmctl.manager.journal.AskedRoute;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.manager.testing.ChildBuilder;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.definition.Marks;
import org.xfrmctl.model.definition.SizeOptions;
import org.xfrmctl.model.definition.SizeOptions.Mss;
import org.xfrmctl.netlink.route.RouteMetrics;

class RoutePlannerTest {
    private final List<OtherRoute> others = new ArrayList<>();
    private final List<ChildRoute> ours = new ArrayList<>();

    private RoutePlan plan(ChildBuilder... up) {
        return plan(List.of(up), List.of(), false);
    }

    private RoutePlan plan(List<ChildBuilder> up, List<ChildBuilder> down, boolean strangers) {
        Routed routed = new Routed(
                routed(up),
                routed(down),
                strangers ? new Strangers(Map.of(), List.of(new ChildName("far", "away"))) : Strangers.NONE);
        return RoutePlanner.plan(routed, new RouteMap(others, ours, Map.of("wan", 1500, "lan", 1400)));
    }

    private static List<RoutedChild> routed(List<ChildBuilder> children) {
        return ChildBuilder.compile(children.toArray(new ChildBuilder[0])).children().stream()
                .map(each -> RoutedChild.of(each, Wanted.nothing()))
                .toList();
    }

    private static List<String> texts(RoutePlan plan) {
        return plan.changes().stream().map(RouteChange::toString).toList();
    }

    private static SizeOptions mtu(int mtu) {
        return new SizeOptions(OptionalInt.of(mtu), Mss.none());
    }

    private static SizeOptions mss(Mss mss) {
        return new SizeOptions(OptionalInt.empty(), mss);
    }

    private static ChildBuilder site() {
        return child("a").sizes(mtu(1300));
    }

    private static Leg wan(String gateway) {
        return new Leg(Optional.of(IpAddress.parse(gateway)), "wan", false, Optional.empty());
    }

    private void other(String destination, long metric, Leg leg, RouteMetrics metrics) {
        others.add(new OtherRoute(IpPrefix.parse(destination), metric, Optional.of(leg), metrics, ""));
    }

    private void defaultRoute() {
        other("0.0.0.0/0", 0, wan("192.0.2.254"), RouteMetrics.NONE);
    }

    private void apply(RoutePlan plan) {
        for (RouteChange change : plan.changes()) {
            if (change instanceof RouteChange.Add add) {
                ours.add(add.route());
            } else if (change instanceof RouteChange.Remove remove) {
                ours.remove(remove.route());
            } else if (change instanceof RouteChange.Replace replace) {
                ours.remove(replace.from());
                ours.add(replace.to());
            }
        }
    }

    @Test
    void aChildWithAnMtuGetsACopyOfTheWayThatItsPacketsTake() {
        defaultRoute();
        RoutePlan plan = plan(site());
        assertThat(texts(plan)).containsExactly("route add 10.2.0.0/16 via 192.0.2.254 dev wan metric 65535 mtu 1300");
        assertThat(plan.warnings()).isEmpty();
        apply(plan);
        assertThat(texts(plan(site()))).isEmpty();
    }

    @Test
    void aChildThatAsksForNothingGetsNone() {
        defaultRoute();
        assertThat(texts(plan(child("a")))).isEmpty();
    }

    @Test
    void theNearestRouteOfTheLeastMetricIsTheOneThatIsCopiedWithAllThatItSays() {
        defaultRoute();
        other("10.0.0.0/8", 20, wan("192.0.2.3"), RouteMetrics.NONE);
        other("10.0.0.0/8", 10, wan("192.0.2.4"), RouteMetrics.lockedMtu(1450).withAdvmss(1200));
        other("10.2.1.0/24", 0, wan("192.0.2.5"), RouteMetrics.NONE);
        assertThat(texts(plan(site())))
                .containsExactly("route add 10.2.0.0/16 via 192.0.2.4 dev wan metric 65535 mtu lock 1300 advmss 1200");
    }

    /** IPv4 takes the first of two with one metric, IPv6 the one with the lesser metric. */
    @Test
    void ofOneDestinationOursIsJustBeforeTheOther() {
        other("10.2.0.0/16", 100, wan("192.0.2.3"), RouteMetrics.NONE);
        assertThat(texts(plan(site())))
                .containsExactly("route add 10.2.0.0/16 via 192.0.2.3 dev wan metric 100 mtu 1300");
        other("fd02::/64", 1024, wan("2001:db8::3"), RouteMetrics.NONE);
        assertThat(texts(plan(child("a").traffic("fd01::/64", "fd02::/64").sizes(mtu(1300)))))
                .containsExactly("route add fd02::/64 via 2001:db8::3 dev wan metric 1023 mtu 1300");
    }

    /** A copy of a route in clear would keep packets from the interface that protects them. */
    @Test
    void whereRoutesDecideWhatIsProtectedNoneIsMade() {
        defaultRoute();
        RoutePlan plan = plan(child("a")
                .marks(new Marks(Mark.NONE, Mark.NONE, Optional.empty(), Optional.empty(), new IfId(7), new IfId(7)))
                .sizes(mtu(1300)));
        assertThat(plan.changes()).isEmpty();
        assertThat(plan.warnings()).singleElement().asString().contains("by its if_id it depends on routes");
    }

    @Test
    void aGreaterMtuThanIsLeftIsToldAndOneThatTheWayHasNotIsNotSaid() {
        defaultRoute();
        assertThat(plan(child("a").sizes(mtu(1460))).warnings())
                .singleElement()
                .asString()
                .contains(
                        "net/a: mtu: 1460 takes no effect, for no more than 1446 bytes are left of the 1500 to 192.0.2.2");
        assertThat(texts(plan(child("a").sizes(mtu(1500))))).isEmpty();
    }

    @Test
    void mssAutoIsWhatTheTransformsLeaveAndANumberIsItself() {
        defaultRoute();
        assertThat(texts(plan(child("a").sizes(mss(Mss.auto())))))
                .containsExactly("route add 10.2.0.0/16 via 192.0.2.254 dev wan metric 65535 advmss 1406");
        assertThat(texts(plan(child("a").sizes(new SizeOptions(OptionalInt.of(1300), Mss.auto())))))
                .containsExactly("route add 10.2.0.0/16 via 192.0.2.254 dev wan metric 65535 mtu 1300 advmss 1260");
        assertThat(texts(plan(child("a").sizes(mss(new Mss.Fixed(1000))))))
                .containsExactly("route add 10.2.0.0/16 via 192.0.2.254 dev wan metric 65535 advmss 1000");
        assertThat(texts(plan(child("a").sizes(mss(new Mss.Fixed(9000))))))
                .containsExactly("route add 10.2.0.0/16 via 192.0.2.254 dev wan metric 65535 advmss 1460");
    }

    /** What does not fit is not announced. */
    @Test
    void aNumberIsNoMoreThanTheMtuLeaves() {
        defaultRoute();
        assertThat(texts(plan(child("a").sizes(new SizeOptions(OptionalInt.of(1300), new Mss.Fixed(1400))))))
                .containsExactly("route add 10.2.0.0/16 via 192.0.2.254 dev wan metric 65535 mtu 1300 advmss 1260");
        assertThat(texts(plan(child("a").sizes(new SizeOptions(OptionalInt.of(1300), new Mss.Fixed(1000))))))
                .containsExactly("route add 10.2.0.0/16 via 192.0.2.254 dev wan metric 65535 mtu 1300 advmss 1000");
    }

    @Test
    void thePeerIsKeptOutOfARouteThatHoldsIt() {
        defaultRoute();
        ChildBuilder all = child("a").traffic("10.1.0.0/16", "0.0.0.0/0").sizes(mtu(1300));
        RoutePlan plan = plan(all);
        assertThat(texts(plan))
                .containsExactly(
                        "route add 192.0.2.2/32 via 192.0.2.254 dev wan metric 65535",
                        "route add 0.0.0.0/1 via 192.0.2.254 dev wan metric 65535 mtu 1300",
                        "route add 128.0.0.0/1 via 192.0.2.254 dev wan metric 65535 mtu 1300");
        apply(plan);
        assertThat(texts(plan(List.of(), List.of(all), false)))
                .containsExactly(
                        "route delete 0.0.0.0/1 via 192.0.2.254 dev wan metric 65535 mtu 1300",
                        "route delete 128.0.0.0/1 via 192.0.2.254 dev wan metric 65535 mtu 1300",
                        "route delete 192.0.2.2/32 via 192.0.2.254 dev wan metric 65535");
    }

    @Test
    void aPeerWithANearerRouteNeedsNone() {
        defaultRoute();
        other("192.0.2.0/24", 0, new Leg(Optional.empty(), "wan", false, Optional.empty()), RouteMetrics.NONE);
        assertThat(texts(plan(child("a").traffic("10.1.0.0/16", "0.0.0.0/0").sizes(mtu(1300)))))
                .containsExactly(
                        "route add 0.0.0.0/1 via 192.0.2.254 dev wan metric 65535 mtu 1300",
                        "route add 128.0.0.0/1 via 192.0.2.254 dev wan metric 65535 mtu 1300");
    }

    @Test
    void whereThePeerCannotBeKeptOutNothingIsLowered() {
        others.add(new OtherRoute(
                IpPrefix.parse("0.0.0.0/0"), 0, Optional.empty(), RouteMetrics.NONE, "several next hops"));
        other("0.0.0.0/1", 0, wan("192.0.2.254"), RouteMetrics.NONE);
        others.add(new OtherRoute(
                IpPrefix.parse("128.0.0.0/1"), 0, Optional.empty(), RouteMetrics.NONE, "several next hops"));
        RoutePlan plan = plan(child("a").traffic("10.1.0.0/16", "128.0.0.0/1").sizes(mtu(1300)));
        assertThat(texts(plan)).isEmpty();
        assertThat(plan.warnings()).singleElement().asString().contains("several next hops", "is not copied");
    }

    /** The same route is that of what goes in and of what comes out: from 1332 to 1335 bytes leave 1300. */
    @Test
    void transportModeTakesItsOverheadFromTheRoute() {
        defaultRoute();
        assertThat(texts(plan(child("a").transport().sizes(mtu(1300)))))
                .containsExactly("route add 192.0.2.2/32 via 192.0.2.254 dev wan metric 65535 mtu 1335");
    }

    @Test
    void withoutAWayTheChildIsToldSo() {
        RoutePlan plan = plan(site());
        assertThat(plan.changes()).isEmpty();
        assertThat(plan.warnings())
                .singleElement()
                .asString()
                .isEqualTo(
                        "net/a: no route leads to 10.2.0.0/16, so that there is none to be given mtu: nothing is sent"
                                + " there");
    }

    @Test
    void whatTheWayHasBecomeIsFollowed() {
        defaultRoute();
        apply(plan(site()));
        other("10.0.0.0/8", 0, wan("192.0.2.3"), RouteMetrics.NONE);
        assertThat(texts(plan(site())))
                .containsExactly("route replace 10.2.0.0/16 via 192.0.2.3 dev wan metric 65535 mtu 1300");
        others.clear();
        assertThat(texts(plan(site())))
                .containsExactly("route delete 10.2.0.0/16 via 192.0.2.254 dev wan metric 65535 mtu 1300");
    }

    @Test
    void twoChildrenOfOneDestinationShareTheLesser() {
        defaultRoute();
        ChildBuilder other =
                child("b").traffic("10.9.0.0/16", "10.2.0.0/16").spi(0x2000).sizes(mtu(1200));
        apply(plan(site(), other));
        assertThat(ours).singleElement().asString().endsWith("mtu 1200");
        assertThat(texts(plan(List.of(site()), List.of(other), false)))
                .containsExactly("route replace 10.2.0.0/16 via 192.0.2.254 dev wan metric 65535 mtu 1300");
    }

    /** Whose they are is not known, and they are another definition's, perhaps. */
    @Test
    void routesOfStrangersStayWhileOneIsUp() {
        defaultRoute();
        ours.add(new ChildRoute(IpPrefix.parse("10.77.0.0/16"), 0, wan("192.0.2.254"), RouteMetrics.mtu(1300)));
        assertThat(texts(plan(List.of(child("a")), List.of(), true))).isEmpty();
        assertThat(texts(plan(List.of(child("a")), List.of(), false)))
                .containsExactly("route delete 10.77.0.0/16 via 192.0.2.254 dev wan mtu 1300");
        ours.add(new ChildRoute(IpPrefix.parse("10.2.0.0/16"), 65535, wan("192.0.2.254"), RouteMetrics.mtu(1300)));
        assertThat(texts(plan(List.of(), List.of(site()), true)))
                .containsExactly("route delete 10.2.0.0/16 via 192.0.2.254 dev wan metric 65535 mtu 1300");
    }

    /** A child that asks for no route has made none, though it sends there. */
    @Test
    void aRouteToWhereAChildSendsIsAStrangersIfTheChildAsksForNone() {
        defaultRoute();
        ours.add(new ChildRoute(IpPrefix.parse("10.2.0.0/16"), 65535, wan("192.0.2.254"), RouteMetrics.mtu(1300)));
        assertThat(texts(plan(List.of(child("a")), List.of(), true))).isEmpty();
        assertThat(texts(plan(List.of(), List.of(child("a")), true))).isEmpty();
        assertThat(texts(plan(List.of(child("a")), List.of(), false))).hasSize(1);
    }

    @Test
    void theHostRouteToThePeerGoesWithItsChildThoughAStrangerIsUp() {
        defaultRoute();
        ChildBuilder all = child("a").traffic("10.1.0.0/16", "0.0.0.0/0").sizes(mtu(1300));
        apply(plan(all));
        assertThat(texts(plan(List.of(), List.of(all), true))).hasSize(3);
        // One to the same peer, which it need not keep out of anything.
        assertThat(texts(plan(List.of(site()), List.of(), true)))
                .containsExactly("route add 10.2.0.0/16 via 192.0.2.254 dev wan metric 65535 mtu 1300");
        assertThat(texts(plan(List.of(), List.of(site()), true))).isEmpty();
    }

    @Test
    void whatAStrangerMayAskForIsSharedWithIt() {
        defaultRoute();
        ours.add(new ChildRoute(
                IpPrefix.parse("10.2.0.0/16"),
                65535,
                wan("192.0.2.254"),
                RouteMetrics.mtu(1200).withAdvmss(1400)));
        ChildBuilder more = child("a").sizes(new SizeOptions(OptionalInt.of(1300), Mss.auto()));
        assertThat(texts(plan(List.of(more), List.of(), true)))
                .containsExactly("route replace 10.2.0.0/16 via 192.0.2.254 dev wan metric 65535 mtu 1200 advmss 1260");
        assertThat(texts(plan(List.of(more), List.of(), false)))
                .containsExactly("route replace 10.2.0.0/16 via 192.0.2.254 dev wan metric 65535 mtu 1300 advmss 1260");
    }

    private RoutePlan besides(List<ChildBuilder> up, List<ChildBuilder> down, AskedRoute... theirs) {
        Routed routed = new Routed(
                routed(up),
                routed(down),
                new Strangers(Map.of(new ChildName("far", "away"), List.of(theirs)), List.of()));
        return RoutePlanner.plan(routed, new RouteMap(others, ours, Map.of("wan", 1500, "lan", 1400)));
    }

    private static AskedRoute asked(int mtu) {
        return new AskedRoute(IpPrefix.parse("10.2.0.0/16"), OptionalInt.of(mtu), OptionalInt.empty());
    }

    @Test
    void whatAStrangerAsksForIsSharedAndNoMoreThanThat() {
        defaultRoute();
        apply(plan(child("a").sizes(mtu(1200))));

        RoutePlan more = besides(List.of(site()), List.of(), asked(1400));
        assertThat(texts(more))
                .containsExactly("route replace 10.2.0.0/16 via 192.0.2.254 dev wan metric 65535 mtu 1300");
        assertThat(more.warnings()).isEmpty();

        RoutePlan less = besides(List.of(site()), List.of(), asked(1250));
        assertThat(texts(less))
                .containsExactly("route replace 10.2.0.0/16 via 192.0.2.254 dev wan metric 65535 mtu 1250");
        assertThat(less.warnings())
                .singleElement()
                .hasToString("net/a: the route to 10.2.0.0/16 has mtu 1250 in place of 1300 for far/away of another"
                        + " definition");
    }

    @Test
    void ofAStrangerWhoHasNotSaidWhatItAsksForThatIsTold() {
        defaultRoute();
        apply(plan(child("a").sizes(mtu(1200))));

        RoutePlan plan = plan(List.of(site()), List.of(), true);
        assertThat(plan.changes()).isEmpty();
        assertThat(plan.warnings())
                .singleElement()
                .asString()
                .startsWith(
                        "net/a: the route to 10.2.0.0/16 has mtu 1200 in place of 1300 until it is known what far/away");
    }

    @Test
    void aRouteThatAStrangerAsksForStaysWhenItsOtherChildIsDownWithWhatTheStrangerAsksFor() {
        defaultRoute();
        apply(plan(site()));

        assertThat(texts(besides(List.of(), List.of(site()), asked(1400))))
                .containsExactly("route replace 10.2.0.0/16 via 192.0.2.254 dev wan metric 65535 mtu 1400");
        assertThat(texts(besides(List.of(), List.of(site()))))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("route delete");
        ours.clear();
        assertThat(texts(besides(List.of(), List.of(site()), asked(1400))))
                .as("it is for those who define it to make it")
                .isEmpty();
    }

    @Test
    void aRouteThatNobodyAsksForGoesThoughAStrangerIsUpThatAsksForAnother() {
        defaultRoute();
        ours.add(new ChildRoute(IpPrefix.parse("10.77.0.0/16"), 0, wan("192.0.2.254"), RouteMetrics.mtu(1300)));
        assertThat(texts(besides(List.of(child("a")), List.of(), asked(1400))))
                .containsExactly("route delete 10.77.0.0/16 via 192.0.2.254 dev wan mtu 1300");
    }

    @Test
    void aPlanSaysWhatEachChildAsksForByItself() {
        defaultRoute();
        ChildBuilder other =
                child("b").traffic("10.9.0.0/16", "10.2.0.0/16").spi(0x2000).sizes(mtu(1200));
        ChildBuilder none = child("c").traffic("10.9.0.0/16", "10.3.0.0/16").spi(0x3000);

        assertThat(plan(site(), other, none).asked())
                .containsOnly(
                        Map.entry(site().name(), List.of(asked(1300))),
                        Map.entry(other.name(), List.of(asked(1200))),
                        Map.entry(none.name(), List.of()));
    }

    /** A run may be killed between the two steps of a replacement. */
    @Test
    void oneOfTwoForADestinationIsTakenAway() {
        defaultRoute();
        Stream.of(1200, 1300)
                .forEach(mtu -> ours.add(new ChildRoute(
                        IpPrefix.parse("10.2.0.0/16"), 65535, wan("192.0.2.254"), RouteMetrics.mtu(mtu))));
        assertThat(texts(plan(site())))
                .containsExactly("route delete 10.2.0.0/16 via 192.0.2.254 dev wan metric 65535 mtu 1200");
    }
}
