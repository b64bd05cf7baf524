package org.xfrmctl.datapath.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.xfrmctl.datapath.engine.Routing;
import org.xfrmctl.datapath.link.Network;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.netlink.route.RouteMetrics;

/** What a route says of its packets' length, and which of several is met. */
class RouteMetricsTest {
    private static final IpAddress HERE = IpAddress.parse("192.0.2.1");
    private static final IpAddress FAR = IpAddress.parse("10.2.0.1");

    private final RoutingTable table = new RoutingTable(() -> 0);
    private final NetworkInterface wan = new NetworkInterface(
            "wan", 1, new Network().link("wan", 1500), List.of(IpPrefix.parse("192.0.2.1/24")), (in, packet) -> {});

    private void add(RouteMetrics metrics, int metric) {
        table.addBefore(new Route(IpPrefix.parse("10.2.0.0/16"), Optional.empty(), wan, HERE, metrics, metric, 89));
    }

    private int mtu() {
        return table.path(FAR).map(Routing.Path::mtu).orElse(0);
    }

    @Test
    void itsMtuIsThatOfTheLinkIfItSaysNone() {
        add(RouteMetrics.NONE, 0);
        assertThat(mtu()).isEqualTo(1500);
        add(RouteMetrics.mtu(1300), 0);
        assertThat(mtu()).isEqualTo(1300);
    }

    @Test
    void whatARouterTellsLowersItUnlessItIsLocked() {
        add(RouteMetrics.mtu(1300), 0);
        table.learn(FAR, 1200);
        assertThat(mtu()).isEqualTo(1200);
        add(RouteMetrics.lockedMtu(1300), 0);
        assertThat(mtu()).isEqualTo(1300);
    }

    @Test
    void theLeastMetricIsMetAndOfTwoTheOneThatWasPutBefore() {
        add(RouteMetrics.mtu(1300), 5);
        add(RouteMetrics.mtu(1200), 5);
        assertThat(mtu()).isEqualTo(1200);
        add(RouteMetrics.mtu(1100), 9);
        assertThat(mtu()).isEqualTo(1200);
    }
}
